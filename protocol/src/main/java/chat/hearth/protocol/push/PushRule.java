package chat.hearth.protocol.push;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One push rule.
///
/// @param kind its kind
/// @param id its id, unique within the kind
/// @param isDefault whether it is the server's
/// @param enabled whether it may match
/// @param conditions what it asks of an event, for kinds that say it in conditions
/// @param pattern the words it looks for, for content rules only
/// @param actions what it does
record PushRule(
        RuleKind kind,
        String id,
        boolean isDefault,
        boolean enabled,
        List<Condition> conditions,
        @Nullable String pattern,
        JsonArray actions) {
    PushRule {
        conditions = List.copyOf(conditions);
    }

    PushRule withEnabled(boolean flag) {
        return new PushRule(kind, id, isDefault, flag, conditions, pattern, actions);
    }

    PushRule withActions(JsonArray other) {
        return new PushRule(kind, id, isDefault, enabled, conditions, pattern, other);
    }

    /// All that the rule asks of an event, what its kind implies included.
    List<Condition> allConditions() {
        return switch (kind) {
            case OVERRIDE, UNDERRIDE -> conditions;
            case CONTENT -> {
                String words = pattern;
                yield words == null
                        ? List.of(new Condition.Unknown(JsonObject.EMPTY))
                        : List.of(Condition.EventMatch.of("content.body", words));
            }
            case ROOM -> List.of(Condition.PropertyIs.of("room_id", new JsonString(id)));
            case SENDER -> List.of(Condition.PropertyIs.of("sender", new JsonString(id)));
        };
    }

    /// The rule as the user `owner` sees it.
    JsonObject toJson(String owner) {
        var json =
                JsonObject.builder()
                        .put("rule_id", id)
                        .put("default", isDefault)
                        .put("enabled", enabled);
        if (kind.hasConditions()) {
            List<JsonValue> shown =
                    conditions.stream().<JsonValue>map(each -> each.toJson(owner)).toList();
            json.put("conditions", new JsonArray(shown));
        }
        return json.putIfPresent("pattern", pattern).put("actions", actions).build();
    }

    /// How many characters of patterns it has: what it costs to match.
    int patternChars() {
        int chars = pattern == null ? 0 : pattern.length();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.EventMatch match) {
                chars += match.glob().pattern().length();
            }
        }
        return chars;
    }
}
