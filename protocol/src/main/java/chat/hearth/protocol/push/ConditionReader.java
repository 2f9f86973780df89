package chat.hearth.protocol.push;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads conditions that clients set. What the schema forbids is refused; a condition that is only
/// not known here, or lacks a parameter, is kept as it is and never holds.
final class ConditionReader {
    /// A rule may have this many conditions.
    static final int CONDITIONS_MAX = 50;

    /// Member counts have no more digits than this, which a `long` holds.
    private static final int COUNT_DIGITS_MAX = 18;

    private static final List<String> TEXTS = List.of("key", "pattern", "is");

    private ConditionReader() {}

    /// The conditions in the member `conditions` of a request, none when absent.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` when it is not a list of conditions
    static List<Condition> read(JsonObject body) {
        return switch (body.value("conditions")) {
            case null -> List.of();
            case JsonArray array when array.size() <= CONDITIONS_MAX -> read(array);
            case JsonArray _ ->
                    throw MatrixException.badJson("'conditions' has more than " + CONDITIONS_MAX);
            case JsonValue _ -> throw MatrixException.badJson("'conditions' must be a list");
        };
    }

    private static List<Condition> read(JsonArray array) {
        var conditions = new ArrayList<Condition>();
        for (JsonValue value : array) {
            if (!(value instanceof JsonObject json) || json.string("kind").isEmpty()) {
                throw MatrixException.badJson("A condition is an object with a string 'kind'");
            }
            for (String name : TEXTS) {
                if (json.has(name) && json.string(name).isEmpty()) {
                    throw MatrixException.badJson("A condition's '" + name + "' must be a string");
                }
            }
            Condition known = known(json);
            conditions.add(known == null ? new Condition.Unknown(json) : known);
        }
        return List.copyOf(conditions);
    }

    private static @Nullable Condition known(JsonObject json) {
        String key = json.string("key").orElse(null);
        JsonValue value = plainValue(json);
        return switch (json.string("kind").orElse("")) {
            case "event_match" -> eventMatch(key, json.string("pattern").orElse(null));
            case "event_property_is" ->
                    key == null || value == null ? null : Condition.PropertyIs.of(key, value);
            case "event_property_contains" ->
                    key == null || value == null ? null : Condition.PropertyContains.of(key, value);
            case "contains_display_name" -> Condition.DisplayName.IN_BODY;
            case "room_member_count" -> memberCount(json.string("is").orElse(""));
            case "sender_notification_permission" ->
                    key == null ? null : new Condition.SenderPermission(key);
            default -> null;
        };
    }

    private static @Nullable Condition eventMatch(@Nullable String key, @Nullable String pattern) {
        return key == null || pattern == null ? null : Condition.EventMatch.of(key, pattern);
    }

    private static @Nullable JsonValue plainValue(JsonObject json) {
        return switch (json.value("value")) {
            case JsonString text -> text;
            case JsonInteger integer -> integer;
            case JsonBoolean flag -> flag;
            case JsonNull none -> none;
            case null, default -> null;
        };
    }

    private static @Nullable Condition memberCount(String is) {
        int digits = 0;
        while (digits < is.length() && "=<>".indexOf(is.charAt(digits)) >= 0) {
            digits++;
        }
        String number = is.substring(digits);
        Condition.Comparison comparison = Condition.Comparison.parse(is.substring(0, digits));
        boolean decimal =
                !number.isEmpty()
                        && number.length() <= COUNT_DIGITS_MAX
                        && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return comparison == null || !decimal
                ? null
                : new Condition.MemberCount(comparison, Long.parseLong(number), is);
    }
}
