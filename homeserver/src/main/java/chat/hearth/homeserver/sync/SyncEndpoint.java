package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.config.SyncConfig;
import chat.hearth.http.Access;
import chat.hearth.http.BodySink;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.filter.Filter;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.storage.DeviceStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// `GET /_matrix/client/v3/sync`. See [GET
/// /sync](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync).
final class SyncEndpoint {
    /// What the answer about a span holds at most, in bytes. The events themselves are shared.
    private static final long NEWS_BYTES = 32 * 1024;

    /// So many requests of a user may wait: each holds a connection, and one account must not have
    /// them all.
    static final int USER_WAITING_MAX = 100;

    private static final long RETRY_AFTER_MILLIS = 5_000;

    private final ChangeFeed changes;
    private final DeviceStore devices;
    private final SyncClock clock;
    private final SyncAssembler assembler;
    private final SyncFilters filters;
    private final PresenceSource presence;
    private final Duration waitMax;
    private final Semaphore waiting;

    SyncEndpoint(
            ChangeFeed changes,
            DeviceStore devices,
            SyncClock clock,
            SyncAssembler assembler,
            SyncFilters filters,
            PresenceSource presence,
            SyncConfig config) {
        this.changes = changes;
        this.devices = devices;
        this.clock = clock;
        this.assembler = assembler;
        this.filters = filters;
        this.presence = presence;
        this.waitMax = config.waitMax();
        this.waiting = new Semaphore(config.waitingMax());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/sync", this::handle)
                        .withAccess(Access.USER_OR_GUEST)
                        .withoutRateLimit());
    }

    /// Reads the request and lets go of it: nothing of it is held while waiting.
    private Response handle(Request request) throws InterruptedException {
        Requester requester = request.requester();
        StreamToken since = request.queryText("since").map(SyncEndpoint::token).orElse(null);
        Duration timeout = timeout(request);
        var query =
                new SyncQuery(
                        requester.userId(),
                        requester.user(),
                        requester.device(),
                        filter(request, requester),
                        request.queryFlag("full_state"),
                        request.queryFlag("use_state_after"),
                        since == null ? 0 : since.position());
        presence.synced(requester.user(), requester.device(), state(request), timeout);
        return Response.json(
                stream -> answer(query, since, timeout, new BodySink(stream), request.lease()));
    }

    /// How long to wait for news. Who asks for the full state does not wait, though there be none.
    private Duration timeout(Request request) {
        long asked = request.queryCount("timeout").orElse(0);
        return request.queryFlag("full_state")
                ? Duration.ZERO
                : Duration.ofMillis(Math.min(asked, waitMax.toMillis()));
    }

    private static StreamToken token(String text) {
        return StreamToken.parse(text)
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        ErrCode.M_UNKNOWN, 400, "since is not a token of /sync"));
    }

    private Filter filter(Request request, Requester requester) {
        return request.queryText("filter")
                .map(text -> filters.resolve(requester.user(), text))
                .orElse(Filter.DEFAULT);
    }

    private static PresenceSource.State state(Request request) {
        return request.query("set_presence", SyncEndpoint::presenceState)
                .orElse(PresenceSource.State.UNSAID);
    }

    private static Optional<PresenceSource.State> presenceState(String text) {
        return switch (text) {
            case "online" -> Optional.of(PresenceSource.State.ONLINE);
            case "unavailable" -> Optional.of(PresenceSource.State.UNAVAILABLE);
            case "offline" -> Optional.of(PresenceSource.State.OFFLINE);
            default -> Optional.empty();
        };
    }

    /// Gives the answer, as soon as there is something to tell or the time is up. The feed is
    /// subscribed to before anything is read, so whatever comes after ends the wait.
    private void answer(
            SyncQuery query,
            @Nullable StreamToken since,
            Duration timeout,
            BodySink out,
            ByteBudget.Lease lease)
            throws InterruptedException {
        long idleBytes = lease.bytes();
        boolean isWhole = since == null || query.fullState();
        long deadline = System.nanoTime() + timeout.toNanos();
        UserFeed feed = changes.subscribe(query.user());
        StreamToken seen = null;
        while (true) {
            long generation = feed.generation(query.wantsPresence());
            StreamToken now = clock.now();
            if (seen != null) {
                requireLoggedIn(query.device(), feed.changes(seen.position(), now.position()));
            }
            SyncSpan span = clock.span(seen == null ? since : seen, now);
            lease.take(isWhole ? Route.LIST_ANSWER_BYTES_MAX : NEWS_BYTES);
            if (assembler.news(query, span, feed, out)) {
                return;
            }
            lease.keep(idleBytes);
            isWhole = false;
            seen = span.next();
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0 || !changed(query, feed, generation, Duration.ofNanos(remaining))) {
                new SyncBody(out).end(seen);
                return;
            }
        }
    }

    /// Ends the wait of a device that was logged out meanwhile.
    ///
    /// @param span what changed for the user since the device was last known to be there
    /// @throws MatrixException 401 `M_UNKNOWN_TOKEN`
    private void requireLoggedIn(int device, FeedSpan span) {
        boolean perhapsOut =
                switch (span) {
                    case FeedSpan.Known known -> (known.globalKinds() & ChangeKind.OTHER) != 0;
                    case FeedSpan.Unknown _ -> true;
                };
        if (perhapsOut && device != 0 && devices.find(device).isEmpty()) {
            throw new MatrixException(ErrCode.M_UNKNOWN_TOKEN, 401, "The device was logged out");
        }
    }

    /// Waits for a change.
    ///
    /// @return whether something changed; false at once when too many requests wait already
    /// @throws MatrixException 429 `M_LIMIT_EXCEEDED` when too many of them are this user's
    private boolean changed(SyncQuery query, UserFeed feed, long generation, Duration timeout)
            throws InterruptedException {
        if (feed.waiting() >= USER_WAITING_MAX) {
            throw MatrixException.limitExceeded(
                    "Too many requests of this account wait for news; try again later",
                    RETRY_AFTER_MILLIS);
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return feed.awaitChange(generation, query.wantsPresence(), timeout);
        } finally {
            waiting.release();
        }
    }
}
