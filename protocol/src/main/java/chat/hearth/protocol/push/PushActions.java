package chat.hearth.protocol.push;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.Set;

/// Lists of actions: their check when a client sets them.
final class PushActions {
    static final JsonString NOTIFY = new JsonString("notify");
    static final String SET_TWEAK = "set_tweak";

    /// A rule may have this many actions; three are in use.
    static final int ACTIONS_MAX = 20;

    /// Without effect. They are kept all the same: clients ask for what they have put, and compare.
    private static final Set<String> HISTORICAL = Set.of("dont_notify", "coalesce");

    private PushActions() {}

    /// The actions in the member `actions` of a request.
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
        for (JsonValue action : actions) {
            if (!isKnown(action)) {
                throw MatrixException.invalidParam(
                        "An action is \"notify\" or an object with a string 'set_tweak'");
            }
        }
        return actions;
    }

    private static boolean isKnown(JsonValue action) {
        return switch (action) {
            case JsonString name -> action.equals(NOTIFY) || HISTORICAL.contains(name.value());
            case JsonObject tweak -> tweak.string(SET_TWEAK).isPresent();
            default -> false;
        };
    }
}
