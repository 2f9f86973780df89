package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.RoomReading;
import chat.hearth.rooms.history.TimeSearch;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StoredEvent;
import java.util.List;

/// `GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event`: the event nearest to a moment.
///
/// See [Jumping to an
/// event](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event).
final class RoomEventByTimestampEndpoint {
    private final RoomReader reader;
    private final TimeSearch search;
    private final RateLimiter limiter;

    RoomEventByTimestampEndpoint(RoomReader reader, TimeSearch search, RateLimiter limiter) {
        this.reader = reader;
        this.search = search;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v1/rooms/{roomId}/timestamp_to_event", this::find)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response find(Request request) {
        RoomReading reading = reader.open(Requests.roomId(request), Requests.userId(request));
        Direction direction = Requests.direction(request);
        long ts =
                request.queryCount("ts")
                        .orElseThrow(() -> MatrixException.missingParam("ts is missing"));
        StoredEvent event =
                search.nearest(reading, ts, direction, Requests.scan(request))
                        .orElseThrow(() -> MatrixException.notFound("There is no such event"));
        return Response.json(
                JsonObject.builder()
                        .put("event_id", event.eventId().value())
                        .put("origin_server_ts", ClientEvent.originServerTs(event.clientJson()))
                        .build());
    }
}
