package chat.hearth.protocol.push;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.Set;

/// Lists of actions: their check when a client sets them.
final class PushActions {
    static final JsonString NOTIFY = new JsonString("notify");
    static final String SET_TWEAK = "set_tweak";

    /// A rule may have this many actions; three are in use.
    static final int ACTIONS_MAX = 20;

    /// Ignored by the specification, which asks to strip them.
    private static final Set<String> HISTORICAL = Set.of("dont_notify", "coalesce");

    private PushActions() {}

    /// The actions in the member `actions` of a request, without historical ones.
    ///
    /// @throws MatrixException 400 when it is missing or not a list of actions
    static JsonArray read(JsonObject body) {
        return switch (body.value("actions")) {
            case null -> throw MatrixException.missingParam("A push rule needs 'actions'");
            case JsonArray actions when actions.size() <= ACTIONS_MAX -> checked(actions);
            case JsonArray _ ->
                    throw MatrixException.badJson("'actions' has more than " + ACTIONS_MAX);
            case JsonValue _ -> throw MatrixException.badJson("'actions' must be a list");
        };
    }

    private static JsonArray checked(JsonArray actions) {
        var checked = new ArrayList<JsonValue>();
        for (JsonValue action : actions) {
            boolean historical =
                    action instanceof JsonString name && HISTORICAL.contains(name.value());
            if (!historical) {
                checked.add(checked(action));
            }
        }
        return new JsonArray(checked);
    }

    private static JsonValue checked(JsonValue action) {
        boolean known =
                action.equals(NOTIFY)
                        || action instanceof JsonObject tweak
                                && tweak.string(SET_TWEAK).isPresent();
        if (!known) {
            throw MatrixException.invalidParam(
                    "An action is \"notify\" or an object with a string 'set_tweak'");
        }
        return action;
    }
}
