package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import java.util.Locale;
import java.util.Optional;

/// What people type as their name, as a user id of this server.
///
/// See [User identifiers](https://spec.matrix.org/v1.19/appendices/#user-identifiers).
final class Usernames {
    private final ServerName server;

    Usernames(ServerName server) {
        this.server = server;
    }

    /// The id of a new user. Capitals are lowered, as ids of new users have none.
    ///
    /// @throws MatrixException 400 `M_INVALID_USERNAME` when no user may be called so
    UserId forNewUser(String username) {
        String localpart = lower(username);
        if (!UserId.isNewLocalpart(localpart)) {
            throw new MatrixException(
                    ErrCode.M_INVALID_USERNAME,
                    400,
                    "A username has one or more of the characters a-z, 0-9 and ._=-/+");
        }
        return UserId.parse("@" + localpart + ":" + server.value())
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        ErrCode.M_INVALID_USERNAME,
                                        400,
                                        "A user id has at most 255 bytes"));
    }

    /// Whom somebody means who logs in with a whole user id or only its localpart; empty when that
    /// can be nobody of this server.
    Optional<UserId> typed(String user) {
        String text = user.strip();
        String id = text.startsWith("@") ? text : "@" + text + ":" + server.value();
        return UserId.parse(id)
                .filter(parsed -> parsed.isOn(server))
                .map(parsed -> "@" + lower(parsed.localpart()) + ":" + server.value())
                .flatMap(UserId::parse);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
