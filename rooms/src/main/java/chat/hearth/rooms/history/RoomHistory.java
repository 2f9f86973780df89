package chat.hearth.rooms.history;

import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.storage.Direction;
import chat.hearth.storage.EventFacts;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Walks along rooms' timelines. What is left out costs no look at its texts. Safe for use by
/// several threads.
///
/// See [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room).
public final class RoomHistory {
    /// So many events are looked at at once where some are likely to be left out.
    private static final int SIFTED_BATCH = 500;

    private final Stores stores;
    private final StateReader states;

    /// Walks the timelines in `stores`.
    public RoomHistory(Stores stores, StateReader states) {
        this.stores = stores;
        this.states = states;
    }

    /// A stretch of the timeline that is asked for.
    ///
    /// @param after events above this position
    /// @param upTo events up to this position
    /// @param direction which way to go
    /// @param page how many events, and how large, at most
    /// @param wanted which events
    /// @param scan how long they are looked for
    public record Walk(
            long after,
            long upTo,
            Direction direction,
            PageBudget page,
            Wanted wanted,
            Scan scan) {}

    /// Which events are asked for, among those that the user may see.
    ///
    /// @param filter what the client wants
    /// @param ignored ids of the users whose events are left out, except for state
    public record Wanted(RoomEventFilter filter, Set<String> ignored) {
        /// All of them.
        public static final Wanted ALL = new Wanted(RoomEventFilter.ALL, Set.of());

        private boolean takesAll() {
            return filter.matchesAll() && ignored.isEmpty();
        }
    }

    /// What a walk found.
    ///
    /// @param events the events in the order of the walk
    /// @param end the position after which, or up to which when walking back, the next walk goes
    ///   on; empty when nothing is left
    public record Page(List<StoredEvent> events, OptionalLong end) {}

    /// Walks along what the user may see of the room, to the end of the page, of the scan or of the
    /// timeline.
    public Page walk(RoomReading reading, Walk walk) {
        if (!walk.wanted().filter().acceptsRoom(reading.room().id().value())) {
            return new Page(List.of(), OptionalLong.empty());
        }
        boolean back = walk.direction() == Direction.BACKWARD;
        long after = walk.after();
        long upTo = Math.min(walk.upTo(), reading.upTo());
        var found = new ArrayList<EventOutline>();
        while (walk.scan().mayGoOn()) {
            int wanted = batchSize(walk, found.size());
            List<EventOutline> batch =
                    stores.outlines()
                            .timeline(
                                    new TimelineQuery(
                                            reading.room().number(),
                                            after,
                                            upTo,
                                            walk.direction(),
                                            wanted));
            reading.sight().readAhead(batch);
            for (EventOutline event : batch) {
                if (walk.page().isFull()) {
                    return page(found, OptionalLong.of(back ? upTo : after));
                }
                if (reading.sight().sees(event) && passes(walk.wanted(), reading, event)) {
                    if (!walk.page().take(event.bytes())) {
                        return page(found, OptionalLong.of(back ? upTo : after));
                    }
                    found.add(event);
                }
                if (back) {
                    upTo = event.position() - 1;
                } else {
                    after = event.position();
                }
            }
            if (batch.size() < wanted) {
                return page(found, OptionalLong.empty());
            }
            walk.scan().looked(batch.size());
        }
        return page(found, OptionalLong.of(back ? upTo : after));
    }

    private Page page(List<EventOutline> found, OptionalLong end) {
        long[] positions = found.stream().mapToLong(EventOutline::position).toArray();
        return new Page(stores.events().byPositions(positions), end);
    }

    /// One more than has room, to know whether anything is left.
    private static int batchSize(Walk walk, int found) {
        int missing = walk.page().itemsLeft() + 1;
        return walk.wanted().takesAll() && found == 0 ? missing : Math.max(missing, SIFTED_BATCH);
    }

    private boolean passes(Wanted wanted, RoomReading reading, EventFacts event) {
        if (wanted.takesAll()) {
            return true;
        }
        String sender = stores.identifiers().user(event.sender()).value();
        if (!event.isState() && wanted.ignored().contains(sender)) {
            return false;
        }
        return wanted.filter().matches(event.type(), sender, reading.sight().showsUrl(event));
    }

    /// The positions of the membership events of those who sent `shown`, as a client needs them
    /// that loads members lazily; as of the latest of these events.
    public long[] sendersOf(List<StoredEvent> shown) {
        return shown.stream()
                .max(Comparator.comparingLong(StoredEvent::position))
                .map(latest -> states.membersAmong(latest.stateBefore(), senders(shown)))
                .orElseGet(() -> new long[0]);
    }

    /// An event with what stands around it.
    ///
    /// @param before the events before it, newest first
    /// @param after the events after it, oldest first
    /// @param start where to go on backward
    /// @param end where to go on forward
    /// @param state the positions of the state after the last of these events, as far as it is
    ///   wanted with regard to members
    @SuppressWarnings("ArrayRecordComponent") // made and read in one place, never compared
    public record Surroundings(
            List<StoredEvent> before,
            List<StoredEvent> after,
            long start,
            long end,
            long[] state) {}

    /// What stands around `event`. Both sides together are a page.
    ///
    /// @param limit how many other events at most
    /// @param scan how long they are looked for
    public Surroundings around(
            RoomReading reading, StoredEvent event, int limit, Wanted wanted, Scan scan) {
        long here = event.position();
        PageBudget half = PageBudget.half(limit / 2);
        var back = new Walk(Long.MIN_VALUE, here - 1, Direction.BACKWARD, half, wanted, scan);
        Page before = walk(reading, back);
        PageBudget other = PageBudget.half(limit - limit / 2);
        var on = new Walk(here, Long.MAX_VALUE, Direction.FORWARD, other, wanted, scan);
        Page after = walk(reading, on);
        long start =
                before.events().isEmpty() ? here - 1 : before.events().getLast().position() - 1;
        long end = after.events().isEmpty() ? here : after.events().getLast().position();
        var shown = new ArrayList<>(before.events());
        shown.add(event);
        shown.addAll(after.events());
        long[] state = state(reading, wanted, end, senders(shown));
        return new Surroundings(before.events(), after.events(), start, end, state);
    }

    private long[] state(RoomReading reading, Wanted wanted, long at, Set<Integer> senders) {
        RoomEventFilter filter = wanted.filter();
        if (!filter.acceptsRoom(reading.room().id().value())) {
            return new long[0];
        }
        long version = states.versionAfter(reading.room(), at);
        return filter.lazyLoadMembers()
                ? states.allButOtherMembers(version, senders)
                : states.all(version);
    }

    /// Those of a piece of the state that are wanted.
    public List<StoredEvent> wanted(RoomReading reading, Wanted wanted, List<StoredEvent> state) {
        return state.stream().filter(event -> passes(wanted, reading, event)).toList();
    }

    private static Set<Integer> senders(List<StoredEvent> events) {
        Set<Integer> senders = new LinkedHashSet<>();
        events.forEach(event -> senders.add(event.sender()));
        return senders;
    }
}
