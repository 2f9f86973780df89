package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.Outlines;
import chat.hearth.rooms.history.PageBudget;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.storage.Direction;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Reads timelines, newest events first, until there are as many as wanted. What is in memory is
/// taken from there.
///
/// State that changed while the user was away may be hidden from the user, and is the room's state
/// nevertheless. A timeline that went on before it would lead the client past it, so such a
/// timeline begins after it: the state that goes with it then says what changed.
///
/// The events are read without their texts, which are needed only of those that are written.
final class TimelineReader {
    /// Events in the timeline of a room when the filter does not say.
    private static final int LIMIT_DEFAULT = 10;

    /// So many events of a room are looked at for those that the filter lets pass; then the
    /// timeline counts as limited and the client pages back.
    private static final int LOOKED_AT_MAX = 1_000;

    private static final int CHUNK_MIN = 20;

    private final Stores stores;
    private final Outlines outlines;
    private final HistoryGate gate;
    private final int limitMax;

    TimelineReader(Stores stores, Outlines outlines, HistoryGate gate, int limitMax) {
        this.stores = stores;
        this.outlines = outlines;
        this.gate = gate;
        this.limitMax = limitMax;
    }

    /// The timelines of several rooms, by room.
    ///
    /// @param ignored ids of the users whose messages are left out
    Map<Integer, Timeline> read(List<RoomView> views, RoomEventFilter filter, Set<String> ignored) {
        int limit = filter.limit(LIMIT_DEFAULT, limitMax);
        Map<Integer, Timeline> timelines = new HashMap<>();
        for (Walk walk : begin(views, Math.max(CHUNK_MIN, limit + 1))) {
            timelines.put(walk.room(), read(walk, limit, filter, ignored));
        }
        return timelines;
    }

    /// Walks through several rooms, whose first steps are read together.
    private List<Walk> begin(List<RoomView> views, int chunkSize) {
        var walks = new ArrayList<Walk>(views.size());
        Map<Stretch, List<Walk>> unknown = new HashMap<>();
        for (RoomView view : views) {
            var walk = new Walk(view, chunkSize);
            walks.add(walk);
            if (!walk.isRemembered()) {
                unknown.computeIfAbsent(walk.stretch(), _ -> new ArrayList<>()).add(walk);
            }
        }
        unknown.forEach((stretch, alike) -> begin(stretch, alike, chunkSize));
        if (walks.size() < 2) {
            return walks;
        }
        outlines.readAheadEvents(walks.stream().flatMapToLong(Walk::remembered));
        Map<RoomSight, List<EventOutline>> shown = new HashMap<>();
        walks.forEach(walk -> shown.put(walk.view.sight(), walk.first()));
        gate.readAhead(shown);
        return walks;
    }

    private void begin(Stretch stretch, List<Walk> walks, int chunkSize) {
        int[] rooms = walks.stream().mapToInt(Walk::room).toArray();
        Map<Integer, List<EventOutline>> latest =
                stores.outlines().latest(rooms, stretch.after(), stretch.upTo(), chunkSize);
        walks.forEach(walk -> walk.begin(latest.getOrDefault(walk.room(), List.of())));
    }

    /// What a walk goes through.
    private record Stretch(long after, long upTo) {}

    private Timeline read(Walk walk, int limit, RoomEventFilter filter, Set<String> ignored) {
        RoomView view = walk.view;
        var kept = new ArrayList<EventOutline>();
        var page = new PageBudget(limit);
        long oldestSeen = view.until() + 1;
        int lookedAt = 0;
        boolean stateHidden = false;
        boolean summaryChanged = false;
        for (List<EventOutline> chunk = walk.next(); !chunk.isEmpty(); chunk = walk.next()) {
            for (EventOutline event : chunk) {
                summaryChanged |= RoomSummary.isChangedBy(event);
                if (event.isState()
                        && event.position() < view.stateUntil()
                        && !isShown(view, event)) {
                    stateHidden = true;
                } else if (accepts(view, event, filter, ignored)) {
                    if (stateHidden || !page.take(event.bytes())) {
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
    private static Timeline limited(RoomView view, List<EventOutline> newestFirst) {
        return new Timeline(newestFirst.reversed(), true, start(view, newestFirst), false, true);
    }

    private static long start(RoomView view, List<EventOutline> newestFirst) {
        return newestFirst.isEmpty() ? view.until() : newestFirst.getLast().position() - 1;
    }

    private boolean accepts(
            RoomView view, EventOutline event, RoomEventFilter filter, Set<String> ignored) {
        if (!ignored.isEmpty() && !event.isState() && ignored.contains(sender(event))) {
            return false;
        }
        return (filter.matchesAll()
                        || filter.matches(
                                event.type(), sender(event), view.sight().showsUrl(event)))
                && isShown(view, event);
    }

    /// What a user is to a room now is told in any case: who turned down an invite sees that,
    /// though the room's history is for those who joined.
    private static boolean isShown(RoomView view, EventOutline event) {
        return event.position() == view.sight().membershipSince() || view.sight().sees(event);
    }

    private String sender(EventOutline event) {
        return stores.identifiers().user(event.sender()).value();
    }

    /// Goes back through a room, chunk by chunk.
    private final class Walk {
        private final RoomView view;
        private final int chunkSize;
        private final long @Nullable [] remembered;
        private @Nullable List<EventOutline> first;
        private long upTo;
        private boolean done;

        Walk(RoomView view, int chunkSize) {
            this.view = view;
            this.chunkSize = chunkSize;
            this.upTo = view.until();
            long[] recent = view.room().recentPositions(view.since(), upTo);
            this.remembered =
                    recent == null && view.isNew()
                            ? view.room().latestPositions(chunkSize, upTo)
                            : recent;
            this.done = recent != null || remembered != null && remembered.length < chunkSize;
        }

        int room() {
            return view.room().number();
        }

        Stretch stretch() {
            return new Stretch(view.since(), view.until());
        }

        /// Whether the first chunk is of events whose positions are in memory.
        boolean isRemembered() {
            return remembered != null;
        }

        /// The positions of the first chunk, as far as they are in memory.
        LongStream remembered() {
            return remembered == null ? LongStream.empty() : LongStream.of(remembered);
        }

        /// Begins with what was read.
        void begin(List<EventOutline> chunk) {
            first = chunk;
            done = chunk.size() < chunkSize;
        }

        /// The first chunk.
        List<EventOutline> first() {
            if (first == null) {
                first = outlines.events(remembered().toArray()).reversed();
            }
            return first;
        }

        boolean mayHaveMore() {
            return !done;
        }

        /// The next events, newest first; none at the end.
        List<EventOutline> next() {
            List<EventOutline> chunk = upTo == view.until() ? first() : older();
            if (!chunk.isEmpty()) {
                upTo = chunk.getLast().position() - 1;
            }
            return chunk;
        }

        private List<EventOutline> older() {
            if (done) {
                return List.of();
            }
            List<EventOutline> chunk =
                    stores.outlines()
                            .timeline(
                                    new TimelineQuery(
                                            room(),
                                            view.since(),
                                            upTo,
                                            Direction.BACKWARD,
                                            chunkSize));
            done = chunk.size() < chunkSize;
            return chunk;
        }
    }
}
