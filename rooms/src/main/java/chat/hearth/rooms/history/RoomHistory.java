package chat.hearth.rooms.history;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Walks along rooms' timelines. Safe for use by several threads.
///
/// See [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room).
public final class RoomHistory {
    /// So many events are looked at for one page before it is given out as it is, however few the
    /// filter and the room's visibility let through.
    public static final int SCANNED_MAX = 10_000;

    /// So many events are read at once where some are likely to be left out.
    private static final int SIFTED_BATCH = 200;

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
    /// @param limit how many events at most
    /// @param wanted which events
    public record Walk(long after, long upTo, Direction direction, int limit, Wanted wanted) {}

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

    /// Walks along what the user may see of the room.
    public Page walk(RoomReading reading, Walk walk) {
        if (!walk.wanted().filter().acceptsRoom(reading.room().id().value())) {
            return new Page(List.of(), OptionalLong.empty());
        }
        boolean back = walk.direction() == Direction.BACKWARD;
        long after = walk.after();
        long upTo = Math.min(walk.upTo(), reading.upTo());
        var found = new ArrayList<StoredEvent>(Math.min(walk.limit(), 1_000));
        for (int scanned = 0; scanned < SCANNED_MAX; ) {
            int wanted = batchSize(walk, found.size());
            List<StoredEvent> batch =
                    stores.events()
                            .timeline(
                                    new TimelineQuery(
                                            reading.room().number(),
                                            after,
                                            upTo,
                                            walk.direction(),
                                            wanted));
            reading.sight().readAhead(batch);
            for (StoredEvent event : batch) {
                if (found.size() == walk.limit()) {
                    return new Page(found, OptionalLong.of(back ? upTo : after));
                }
                if (reading.sight().sees(event) && passes(walk.wanted(), reading, event)) {
                    found.add(event);
                }
                if (back) {
                    upTo = event.position() - 1;
                } else {
                    after = event.position();
                }
            }
            if (batch.size() < wanted) {
                return new Page(found, OptionalLong.empty());
            }
            scanned += batch.size();
        }
        return new Page(found, OptionalLong.of(back ? upTo : after));
    }

    /// One more than is missing, to know whether anything is left.
    private static int batchSize(Walk walk, int found) {
        int missing = walk.limit() - found + 1;
        return walk.wanted().takesAll() && found == 0 ? missing : Math.max(missing, SIFTED_BATCH);
    }

    private boolean passes(Wanted wanted, RoomReading reading, StoredEvent event) {
        if (wanted.takesAll()) {
            return true;
        }
        String sender = stores.identifiers().user(event.sender()).value();
        if (!event.isState() && wanted.ignored().contains(sender)) {
            return false;
        }
        RoomEventFilter filter = wanted.filter();
        return filter.needsContent()
                ? filter.matches(event.type(), sender, hasUrl(reading.sight().shown(event)))
                : filter.matches(event.type(), sender);
    }

    private static boolean hasUrl(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson())).value("url")
                instanceof JsonString;
    }

    /// The membership events of those who sent `shown`, as a client needs them that loads members
    /// lazily; as of the latest of these events.
    public List<StoredEvent> sendersOf(List<StoredEvent> shown) {
        return shown.stream()
                .max(Comparator.comparingLong(StoredEvent::position))
                .map(latest -> states.membersAmong(latest.stateBefore(), senders(shown)))
                .orElse(List.of());
    }

    /// An event with what stands around it.
    ///
    /// @param before the events before it, newest first
    /// @param after the events after it, oldest first
    /// @param start where to go on backward
    /// @param end where to go on forward
    /// @param state what is wanted of the state after the last of these events
    public record Surroundings(
            List<StoredEvent> before,
            List<StoredEvent> after,
            long start,
            long end,
            List<StoredEvent> state) {}

    /// What stands around `event`.
    ///
    /// @param limit how many other events at most
    public Surroundings around(RoomReading reading, StoredEvent event, int limit, Wanted wanted) {
        long here = event.position();
        var back = new Walk(Long.MIN_VALUE, here - 1, Direction.BACKWARD, limit / 2, wanted);
        Page before = walk(reading, back);
        int left = limit - limit / 2;
        var on = new Walk(here, Long.MAX_VALUE, Direction.FORWARD, left, wanted);
        Page after = walk(reading, on);
        long start =
                before.events().isEmpty() ? here - 1 : before.events().getLast().position() - 1;
        long end = after.events().isEmpty() ? here : after.events().getLast().position();
        var shown = new ArrayList<>(before.events());
        shown.add(event);
        shown.addAll(after.events());
        List<StoredEvent> state = state(reading, wanted, end, senders(shown));
        return new Surroundings(before.events(), after.events(), start, end, state);
    }

    private List<StoredEvent> state(
            RoomReading reading, Wanted wanted, long at, Set<Integer> senders) {
        RoomEventFilter filter = wanted.filter();
        if (!filter.acceptsRoom(reading.room().id().value())) {
            return List.of();
        }
        long version = states.versionAfter(reading.room(), at);
        List<StoredEvent> state =
                filter.lazyLoadMembers()
                        ? states.allButOtherMembers(version, senders)
                        : states.all(version);
        return state.stream().filter(event -> passes(wanted, reading, event)).toList();
    }

    private static Set<Integer> senders(List<StoredEvent> events) {
        Set<Integer> senders = new LinkedHashSet<>();
        events.forEach(event -> senders.add(event.sender()));
        return senders;
    }
}
