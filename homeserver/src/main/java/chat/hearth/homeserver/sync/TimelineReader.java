package chat.hearth.homeserver.sync;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Direction;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads timelines, newest events first, until there are as many as wanted. What is in memory is
/// taken from there.
///
/// State that changed while the user was away may be hidden from the user, and is the room's state
/// nevertheless. A timeline that went on before it would lead the client past it, so such a
/// timeline begins after it: the state that goes with it then says what changed.
final class TimelineReader {
    /// Events in the timeline of a room when the filter does not say.
    private static final int LIMIT_DEFAULT = 10;

    /// So many events of a room are looked at for those that the filter lets pass; then the
    /// timeline counts as limited and the client pages back.
    private static final int LOOKED_AT_MAX = 1_000;

    private static final int CHUNK_MIN = 20;

    private final EventStore store;
    private final EventCache cache;
    private final IdentifierStore identifiers;
    private final int limitMax;

    TimelineReader(EventStore store, EventCache cache, IdentifierStore identifiers, int limitMax) {
        this.store = store;
        this.cache = cache;
        this.identifiers = identifiers;
        this.limitMax = limitMax;
    }

    /// The timeline of a room.
    ///
    /// @param ignored ids of the users whose messages are left out
    Timeline read(RoomView view, RoomEventFilter filter, Set<String> ignored) {
        int limit = filter.limit(LIMIT_DEFAULT, limitMax);
        var walk = new Walk(view, limit);
        var kept = new ArrayList<StoredEvent>();
        long oldestSeen = view.until() + 1;
        int lookedAt = 0;
        boolean stateHidden = false;
        boolean summaryChanged = false;
        for (List<StoredEvent> chunk = walk.next(); !chunk.isEmpty(); chunk = walk.next()) {
            for (StoredEvent event : chunk) {
                summaryChanged |= RoomSummary.isChangedBy(event);
                if (event.isState()
                        && event.position() < view.stateUntil()
                        && !isShown(view, event)) {
                    stateHidden = true;
                } else if (accepts(view, event, filter, ignored)) {
                    if (kept.size() == limit || stateHidden) {
                        return limited(view, kept);
                    }
                    kept.add(event);
                }
                oldestSeen = event.position();
            }
            lookedAt += chunk.size();
            if (lookedAt >= LOOKED_AT_MAX && walk.mayHaveMore()) {
                return limited(view, kept);
            }
        }
        boolean whole = kept.isEmpty() ? lookedAt == 0 : kept.getLast().position() == oldestSeen;
        return new Timeline(kept.reversed(), false, start(view, kept), whole, summaryChanged);
    }

    /// What is before was not looked at, so anything may be there.
    private static Timeline limited(RoomView view, List<StoredEvent> newestFirst) {
        return new Timeline(newestFirst.reversed(), true, start(view, newestFirst), false, true);
    }

    private static long start(RoomView view, List<StoredEvent> newestFirst) {
        return newestFirst.isEmpty() ? view.until() : newestFirst.getLast().position() - 1;
    }

    private boolean accepts(
            RoomView view, StoredEvent event, RoomEventFilter filter, Set<String> ignored) {
        if (!ignored.isEmpty() && !event.isState() && ignored.contains(sender(event))) {
            return false;
        }
        return (filter.matchesAll()
                        || filter.matches(
                                event.type(),
                                sender(event),
                                filter.needsContent() && hasUrl(view.sight().shown(event))))
                && isShown(view, event);
    }

    /// What a user is to a room now is told in any case: who turned down an invite sees that,
    /// though the room's history is for those who joined.
    private static boolean isShown(RoomView view, StoredEvent event) {
        return event.position() == view.sight().membershipSince() || view.sight().sees(event);
    }

    private String sender(StoredEvent event) {
        return identifiers.user(event.sender()).value();
    }

    private static boolean hasUrl(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()))
                .string("url")
                .isPresent();
    }

    /// Goes back through a room, chunk by chunk.
    private final class Walk {
        private final RoomView view;
        private final int chunkSize;
        private long upTo;
        private boolean done;

        Walk(RoomView view, int limit) {
            this.view = view;
            this.chunkSize = Math.max(CHUNK_MIN, limit + 1);
            this.upTo = view.until();
        }

        boolean mayHaveMore() {
            return !done;
        }

        /// The next events, newest first; none at the end.
        List<StoredEvent> next() {
            if (done) {
                return List.of();
            }
            if (upTo == view.until()) {
                long[] positions = view.room().recentPositions(view.since(), upTo);
                if (positions != null) {
                    done = true;
                    return cache.all(positions).reversed();
                }
                long[] latest = view.isNew() ? view.room().latestPositions(chunkSize, upTo) : null;
                if (latest != null) {
                    upTo = latest[0] - 1;
                    return cache.all(latest).reversed();
                }
            }
            List<StoredEvent> chunk =
                    store.timeline(
                            new TimelineQuery(
                                    view.room().number(),
                                    view.since(),
                                    upTo,
                                    Direction.BACKWARD,
                                    chunkSize));
            done = chunk.size() < chunkSize;
            if (!chunk.isEmpty()) {
                upTo = chunk.getLast().position() - 1;
            }
            return chunk;
        }
    }
}
