package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// How somebody says who they are: with a user id, or with an address or number that accounts here
/// never have.
///
/// See [Identifier types](https://spec.matrix.org/v1.19/client-server-api/#identifier-types).
///
/// @param user the user id or its localpart, null when it was neither
public record LoginIdentifier(@Nullable String user) {
    /// Reads `identifier`, or the older `user`, of a login or of authentication.
    ///
    /// @throws MatrixException 400 when there is none or it is of an unknown type
    public static LoginIdentifier of(JsonObject body) {
        return switch (body.value("identifier")) {
            case null -> older(body);
            case JsonNull _ -> older(body);
            case JsonObject identifier -> typed(identifier);
            case JsonValue _ -> throw MatrixException.badJson("identifier must be an object");
        };
    }

    private static LoginIdentifier older(JsonObject body) {
        if (isAddress(body)) {
            return new LoginIdentifier(null);
        }
        return new LoginIdentifier(TextMember.require(body, "user"));
    }

    private static boolean isAddress(JsonObject object) {
        return object.hasValue("medium") || object.hasValue("address");
    }

    /// Some clients name an address and leave out that it is one, as the specification does in its
    /// description of logging in.
    private static LoginIdentifier typed(JsonObject identifier) {
        if (TextMember.find(identifier, "type").isEmpty() && isAddress(identifier)) {
            return new LoginIdentifier(null);
        }
        return switch (TextMember.require(identifier, "type")) {
            case "m.id.user" -> new LoginIdentifier(TextMember.require(identifier, "user"));
            case "m.id.thirdparty", "m.id.phone" -> new LoginIdentifier(null);
            default ->
                    throw new MatrixException(ErrCode.M_UNKNOWN, 400, "Unknown type of identifier");
        };
    }
}
