package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.presence.PresenceTracker;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}`.
///
/// See [Typing
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
final class TypingEndpoint {
    /// How long somebody types who does not say it; clients repeat it every 20 to 30 seconds.
    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);

    private final RoomEngine engine;
    private final PresenceTracker presence;

    TypingEndpoint(RoomEngine engine, PresenceTracker presence) {
        this.engine = engine;
        this.presence = presence;
    }

    List<Route> routes() {
        return List.of(
                Route.put(Own.V3 + "/rooms/{roomId}/typing/{userId}", this::put)
                        .withBodyLimit(Route.SMALL_BODY_BYTES_MAX));
    }

    /// What a client says.
    ///
    /// @param typing whether the user types
    /// @param timeout for how long, in milliseconds
    public record Typing(@Nullable Boolean typing, @Nullable Long timeout) {}

    private Response put(Request request) {
        Requester requester = Own.requester(request);
        Typing body = request.body(Typing.class);
        boolean typing = Required.of(body.typing(), "typing");
        RoomId id = Own.room(request);
        Room room =
                joined(id, requester)
                        .orElseThrow(() -> MatrixException.forbidden("You are not in the room"));
        Duration timeout = timeout(body.timeout());
        if (typing && timeout.isPositive()) {
            presence.active(requester.user());
            engine.typing().start(room.number(), requester.user(), timeout);
        }
        if (!typing || !timeout.isPositive() || joined(id, requester).isEmpty()) {
            // Who left while this was on its way has not been told to stop.
            engine.typing().stop(room.number(), requester.user());
        }
        return Response.empty();
    }

    private Optional<Room> joined(RoomId id, Requester requester) {
        return engine.rooms()
                .find(id)
                .filter(found -> found.state().members().isJoined(requester.user()));
    }

    private static Duration timeout(@Nullable Long millis) {
        if (millis == null) {
            return TIMEOUT_DEFAULT;
        }
        if (millis < 0) {
            throw MatrixException.invalidParam("'timeout' must not be negative");
        }
        return Duration.ofMillis(millis);
    }
}
