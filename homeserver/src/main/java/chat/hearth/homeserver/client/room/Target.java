package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The body of requests that do something to a user.
///
/// @param userId whom
/// @param reason why, in words for people
public record Target(@Nullable UserId userId, @Nullable String reason) {
    /// The user.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` when the request names none
    UserId user() {
        if (userId == null) {
            throw MatrixException.badJson("user_id is missing");
        }
        return userId;
    }

    /// What one user may do to another in a room.
    interface Deed {
        void on(UserId actor, UserId target, RoomId room, @Nullable String reason);
    }

    /// Answers a request by doing `deed` to the user whom it names.
    static Response act(Request request, Deed deed) {
        Requester requester = Requests.active(request);
        Target target = request.body(Target.class);
        deed.on(requester.userId(), target.user(), Requests.roomId(request), target.reason());
        return Response.empty();
    }
}
