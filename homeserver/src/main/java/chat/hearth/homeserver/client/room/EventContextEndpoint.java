package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.BodySink;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.RoomHistory;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.RoomReading;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.storage.StoredEvent;
import java.util.List;

/// `GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}`: an event with what stands around it.
/// The event itself is asked for by its id and given whoever sent it; around it those are left out
/// whom the user ignores.
///
/// See [Event context](https://spec.matrix.org/v1.19/client-server-api/#event-context).
final class EventContextEndpoint {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 1_000;

    private final RoomReader reader;
    private final IgnoredUsers ignored;
    private final RoomHistory history;
    private final StateList state;
    private final EventRenderer renderer;
    private final RateLimiter limiter;

    EventContextEndpoint(
            RoomReader reader,
            IgnoredUsers ignored,
            RoomHistory history,
            StateList state,
            EventRenderer renderer,
            RateLimiter limiter) {
        this.reader = reader;
        this.ignored = ignored;
        this.history = history;
        this.state = state;
        this.renderer = renderer;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/rooms/{roomId}/context/{eventId}", this::context)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response context(Request request) {
        Requester requester = request.requester();
        RoomId room = Requests.roomId(request);
        RoomEventFilter filter = Requests.filter(request);
        int limit = Requests.limit(request, filter.limit(LIMIT_DEFAULT, LIMIT_MAX), LIMIT_MAX);
        RoomReader.Seen seen = reader.event(room, Requests.eventId(request), requester.userId());
        RoomReading reading = reader.open(room, requester.userId());
        var wanted = new RoomHistory.Wanted(filter, ignored.of(requester.user()));
        RoomHistory.Surroundings around =
                history.around(reading, seen.event(), limit, wanted, Requests.scan(request));
        var viewer =
                new EventRenderer.Viewer(reading.sight(), requester.user(), requester.device());
        return Response.json(
                stream -> {
                    var out = new BodySink(stream);
                    var json = new JsonWriter(4096);
                    json.ascii("{\"start\":").string(StreamToken.at(around.start()).text());
                    json.ascii(",\"end\":").string(StreamToken.at(around.end()).text());
                    json.ascii(",\"event\":").raw(renderer.event(seen.event(), viewer, room));
                    write(json, "events_before", around.before(), viewer, room);
                    write(json, "events_after", around.after(), viewer, room);
                    out.write(json.ascii(",\"state\":"));
                    state.write(
                            out,
                            reading,
                            around.state(),
                            piece -> history.wanted(reading, wanted, piece));
                    out.write("}");
                });
    }

    private void write(
            JsonWriter out,
            String name,
            List<StoredEvent> events,
            EventRenderer.Viewer viewer,
            RoomId room) {
        out.ascii(",\"").ascii(name).ascii("\":[");
        renderer.writeAll(out, events, viewer, room);
        out.ascii(']');
    }
}
