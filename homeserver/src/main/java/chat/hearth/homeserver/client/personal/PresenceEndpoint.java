package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.presence.PresenceState;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.storage.Stores;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// `GET` and `PUT /_matrix/client/v3/presence/{userId}/status`.
///
/// See [Presence](https://spec.matrix.org/v1.19/client-server-api/#presence).
final class PresenceEndpoint {
    private static final String STATUS = Own.V3 + "/presence/{userId}/status";

    private final PresenceTracker presence;
    private final Stores stores;

    PresenceEndpoint(PresenceTracker presence, Stores stores) {
        this.presence = presence;
        this.stores = stores;
    }

    List<Route> routes() {
        return List.of(Route.get(STATUS, this::find), Route.put(STATUS, this::put));
    }

    /// What a client says.
    ///
    /// @param presence whether the user is around
    /// @param statusMsg what the user says about it
    public record Status(@Nullable String presence, @Nullable String statusMsg) {}

    private Response find(Request request) {
        UserId userId = Own.user(request);
        OptionalInt user = stores.identifiers().findUser(userId);
        int reader = request.requester().user();
        boolean seen =
                user.isPresent()
                        && (user.getAsInt() == reader
                                || stores.memberships().shareRoom(reader, user.getAsInt()));
        if (!seen) {
            throw MatrixException.forbidden("You share no room with this user");
        }
        return Response.json(presence.of(user.getAsInt()).toJson());
    }

    private Response put(Request request) {
        Requester requester = Own.requester(request);
        Status body = request.body(Status.class);
        PresenceState state =
                PresenceState.parse(Required.of(body.presence(), "presence"))
                        .orElseThrow(
                                () ->
                                        MatrixException.invalidParam(
                                                "'presence' must be online, unavailable or"
                                                        + " offline"));
        presence.set(requester.user(), state, body.statusMsg());
        return Response.empty();
    }
}
