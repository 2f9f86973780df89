package chat.hearth.protocol.push;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The stored form of [UserPushRules]: `own`, lists of rules by kind, and `changed`, the switch and
/// actions of changed default rules by id. A default rule that no longer exists is forgotten.
final class StoredRules {
    private static final String OWN = "own";
    private static final String CHANGED = "changed";

    private StoredRules() {}

    static JsonObject write(Map<RuleKind, List<PushRule>> own, Map<String, PushRule> changed) {
        var rules = JsonObject.builder();
        for (RuleKind kind : RuleKind.values()) {
            if (own.containsKey(kind)) {
                List<JsonValue> list =
                        own.getOrDefault(kind, List.of()).stream()
                                .<JsonValue>map(rule -> rule.toJson(""))
                                .toList();
                rules.put(kind.wireName(), new JsonArray(list));
            }
        }
        var changes = JsonObject.builder();
        new TreeMap<>(changed).forEach((id, rule) -> changes.put(id, change(rule)));
        return JsonObject.builder().put(OWN, rules.build()).put(CHANGED, changes.build()).build();
    }

    private static JsonObject change(PushRule rule) {
        return JsonObject.builder()
                .put("kind", rule.kind().wireName())
                .put("enabled", rule.enabled())
                .put("actions", rule.actions())
                .build();
    }

    static UserPushRules read(JsonObject stored) {
        Map<RuleKind, List<PushRule>> own = new EnumMap<>(RuleKind.class);
        for (RuleKind kind : RuleKind.values()) {
            var rules = new ArrayList<PushRule>();
            JsonObject kinds = stored.object(OWN).orElse(JsonObject.EMPTY);
            for (JsonValue json : kinds.array(kind.wireName()).orElse(JsonArray.EMPTY)) {
                rules.add(ownRule(kind, object(json)));
            }
            if (!rules.isEmpty()) {
                own.put(kind, rules);
            }
        }
        Map<String, PushRule> changed = new HashMap<>();
        stored.object(CHANGED)
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((id, json) -> readChange(id, object(json), changed));
        return new UserPushRules(own, changed);
    }

    private static PushRule ownRule(RuleKind kind, JsonObject json) {
        String id = json.string("rule_id").orElseThrow(StoredRules::malformed);
        boolean enabled = json.bool("enabled").orElseThrow(StoredRules::malformed);
        return RuleRequest.read(kind, id, json).withEnabled(enabled);
    }

    private static void readChange(String id, JsonObject json, Map<String, PushRule> changed) {
        RuleKind kind = RuleKind.parse(json.string("kind").orElse(""));
        PushRule rule = DefaultRules.find(kind, id);
        if (rule != null) {
            boolean enabled = json.bool("enabled").orElseThrow(StoredRules::malformed);
            PushRule now = rule.withEnabled(enabled).withActions(PushActions.read(json));
            if (!now.equals(rule)) {
                changed.put(id, now);
            }
        }
    }

    private static JsonObject object(JsonValue json) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw malformed();
    }

    private static MatrixException malformed() {
        return MatrixException.badJson("Malformed stored push rules");
    }
}
