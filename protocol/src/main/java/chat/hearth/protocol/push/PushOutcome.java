package chat.hearth.protocol.push;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// What the push rules of a user make of an event.
///
/// @param notifies whether it counts as unread and goes to the user's pushers
/// @param highlights whether it also counts as a highlight
/// @param sound the sound to play, or null
/// @param ruleId the rule that matched, or null when none did
/// @param actions the actions of that rule, with all their tweaks, for the push gateway
public record PushOutcome(
        boolean notifies,
        boolean highlights,
        @Nullable String sound,
        @Nullable String ruleId,
        JsonArray actions) {
    /// No rule matched.
    public static final PushOutcome NONE =
            new PushOutcome(false, false, null, null, JsonArray.EMPTY);

    /// The outcome of a rule with these actions. Tweaks without `notify` are nothing.
    static PushOutcome of(String ruleId, JsonArray actions) {
        boolean notify = actions.values().contains(PushActions.NOTIFY);
        boolean highlight = false;
        String sound = null;
        for (JsonValue action : actions) {
            if (notify && action instanceof JsonObject tweak) {
                switch (tweak.string(PushActions.SET_TWEAK).orElse("")) {
                    case "highlight" -> highlight = isHighlight(tweak);
                    case "sound" -> sound = tweak.string("value").orElse(null);
                    default -> {
                        // Other tweaks are between the client and its push gateway.
                    }
                }
            }
        }
        return new PushOutcome(notify, highlight, sound, ruleId, actions);
    }

    private static boolean isHighlight(JsonObject tweak) {
        return switch (tweak.value("value")) {
            case null -> true;
            case JsonBoolean value -> value.value();
            // Clients have been seen to send it as a string.
            case JsonString value -> value.value().equals("true");
            case JsonValue _ -> false;
        };
    }
}
