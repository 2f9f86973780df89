package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;

/// What the paths of these endpoints have in common.
final class Own {
    static final String V3 = "/_matrix/client/v3";

    private Own() {}

    /// The requester, who must be the user that the path names.
    ///
    /// @throws MatrixException 403 `M_FORBIDDEN` when it names another one
    static Requester requester(Request request) {
        Requester requester = request.requester();
        if (!requester.userId().value().equals(request.path("userId"))) {
            throw MatrixException.forbidden("This belongs to another user");
        }
        return requester;
    }

    /// The user that the path names.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when it is no user id
    static UserId user(Request request) {
        return request.path("userId", UserId::parse);
    }

    /// The room that the path names.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when it is no room id
    static RoomId room(Request request) {
        return request.path("roomId", RoomId::parse);
    }
}
