package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.Optional;

/// Strings in objects whose form depends on what they say, as that of `auth`: no record describes
/// them. `null` counts as absent, as it does in records.
final class TextMember {
    private TextMember() {}

    /// The string `name`, if it is there.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` when it is of another type
    static Optional<String> find(JsonObject object, String name) {
        return switch (object.value(name)) {
            case null -> Optional.empty();
            case JsonNull _ -> Optional.empty();
            case JsonString text -> Optional.of(text.value());
            case JsonValue _ -> throw MatrixException.badJson(name + " must be a string");
        };
    }

    /// The string `name`.
    ///
    /// @throws MatrixException 400 `M_MISSING_PARAM` when it is absent, 400 `M_BAD_JSON` when it is
    ///   of another type
    static String require(JsonObject object, String name) {
        return find(object, name)
                .orElseThrow(() -> MatrixException.missingParam("Missing " + name));
    }
}
