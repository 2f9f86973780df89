package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.BodySink;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.PageBudget;
import chat.hearth.rooms.history.RoomHistory;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.RoomReading;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelinePoint;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/// `GET /_matrix/client/v3/rooms/{roomId}/messages`: pages through a room's history.
///
/// See [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages).
final class MessagePaginationEndpoint {
    /// A page holds this many events at most.
    private static final int LIMIT_MAX = 1_000;

    private static final int LIMIT_DEFAULT = 10;
    private static final int BYTES_BESIDE_TEXT = 300;

    private final RoomReader reader;
    private final RoomHistory history;
    private final EventRenderer renderer;
    private final EventCache cache;
    private final StateList state;
    private final IgnoredUsers ignored;
    private final Stores stores;
    private final RateLimiter limiter;

    MessagePaginationEndpoint(
            RoomReader reader,
            RoomHistory history,
            EventRenderer renderer,
            EventCache cache,
            StateList state,
            IgnoredUsers ignored,
            Stores stores,
            RateLimiter limiter) {
        this.reader = reader;
        this.history = history;
        this.renderer = renderer;
        this.cache = cache;
        this.state = state;
        this.ignored = ignored;
        this.stores = stores;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/rooms/{roomId}/messages", this::messages)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    private Response messages(Request request) {
        Requester requester = request.requester();
        RoomReading reading = reader.open(Requests.roomId(request), requester.userId());
        RoomEventFilter filter = Requests.filter(request);
        Written page =
                cache.inSnapshot(
                        stores.snapshots(), () -> page(request, requester, reading, filter));
        return Response.json(
                stream -> {
                    var out = new BodySink(stream);
                    out.write(page.chunk());
                    if (filter.lazyLoadMembers() && !page.events().isEmpty()) {
                        out.write(",\"state\":");
                        long[] senders = history.sendersOf(page.events());
                        state.write(out, reading, senders, UnaryOperator.identity());
                    }
                    out.write("}");
                });
    }

    /// A page of the answer.
    ///
    /// @param events its events
    /// @param chunk the answer up to the end of these
    private record Written(List<StoredEvent> events, JsonWriter chunk) {}

    /// What a page shows is read at one moment, and with one hop to the database.
    private Written page(
            Request request, Requester requester, RoomReading reading, RoomEventFilter filter) {
        RoomHistory.Walk walk = walk(request, reading, filter);
        RoomHistory.Page page = history.walk(reading, walk);
        long start = walk.direction() == Direction.BACKWARD ? walk.upTo() : walk.after();
        String begin = request.queryText("from").orElseGet(() -> StreamToken.at(start).text());
        return new Written(page.events(), chunk(begin, page, reading, requester));
    }

    private RoomHistory.Walk walk(Request request, RoomReading reading, RoomEventFilter filter) {
        Direction direction = Requests.direction(request);
        OptionalLong from = Requests.position(request, "from");
        OptionalLong to = Requests.position(request, "to");
        int limit = Math.max(1, limit(request, filter));
        long start = from.isPresent() ? from.getAsLong() : outermost(reading, direction);
        boolean back = direction == Direction.BACKWARD;
        return new RoomHistory.Walk(
                back ? to.orElse(Long.MIN_VALUE) : start,
                back ? start : to.orElse(Long.MAX_VALUE),
                direction,
                new PageBudget(limit),
                new RoomHistory.Wanted(filter, ignored.of(request.requester().user())),
                Requests.scan(request));
    }

    private JsonWriter chunk(
            String begin, RoomHistory.Page page, RoomReading reading, Requester requester) {
        var viewer =
                new EventRenderer.Viewer(reading.sight(), requester.user(), requester.device());
        int texts = page.events().stream().mapToInt(event -> event.clientJson().length).sum();
        var out = new JsonWriter(texts + page.events().size() * BYTES_BESIDE_TEXT + 256);
        out.ascii("{\"start\":").string(begin);
        if (page.end().isPresent()) {
            out.ascii(",\"end\":").string(StreamToken.at(page.end().getAsLong()).text());
        }
        out.ascii(",\"chunk\":[");
        renderer.writeAll(out, page.events(), viewer, reading.room().id());
        return out.ascii(']');
    }

    private static int limit(Request request, RoomEventFilter filter) {
        return Requests.limit(request, filter.limit(LIMIT_DEFAULT, LIMIT_MAX), LIMIT_MAX);
    }

    /// Where to begin when the request does not say: at the newest or the oldest event.
    private long outermost(RoomReading reading, Direction direction) {
        return switch (direction) {
            case FORWARD -> 0;
            case BACKWARD ->
                    stores.events()
                            .lastPoint(reading.room().number(), reading.upTo())
                            .map(TimelinePoint::position)
                            .orElse(0L);
        };
    }
}
