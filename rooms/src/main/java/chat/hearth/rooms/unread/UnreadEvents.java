package chat.hearth.rooms.unread;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Direction;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelinePoint;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reads the events after what a user has read, of several rooms at once. Safe for use by several
/// threads.
final class UnreadEvents {
    /// So many unread events are looked at one by one. Older ones are counted as if all of them
    /// were in the main timeline and everybody had the default rules.
    static final int LOOKED_AT_MAX = 1_000;

    /// So many events of all rooms are read together; a room that needs more is read on its own.
    private static final int TOGETHER_MAX = 5_000;

    /// A user's join is looked for this far back, membership by membership.
    private static final int MEMBERSHIPS_MAX = 20;

    private final Stores stores;
    private final EventCache events;

    UnreadEvents(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
    }

    /// A room, and up to where everything is read in it.
    private record Mark(Room room, ReadPositions read, long lower) {}

    /// What is unread in rooms of which no count is known.
    ///
    /// @param receipts the user's receipts, by room
    List<Uncounted> sinceRead(
            List<Room> rooms, Reader reader, Map<Integer, List<Receipt>> receipts, long until) {
        List<Mark> marks = marks(rooms, reader, receipts);
        events.readAhead(marks.stream().mapToLong(Mark::lower));
        Map<Integer, List<StoredEvent>> together = together(marks, until);
        var uncounted = new ArrayList<Uncounted>();
        for (Mark mark : marks) {
            List<StoredEvent> unread = together.get(mark.room().number());
            if (unread == null) {
                unread = after(mark, until);
            }
            var start = Tally.start(reader, notifyIndex(mark.room(), mark.lower()));
            long skippedTo =
                    unread.size() == LOOKED_AT_MAX
                            ? notifyIndex(mark.room(), unread.getFirst().position() - 1)
                            : start.notifyIndex();
            uncounted.add(new Uncounted(mark.room(), start, skippedTo, unread, mark.read()));
        }
        return uncounted;
    }

    private List<Mark> marks(
            List<Room> rooms, Reader reader, Map<Integer, List<Receipt>> receipts) {
        var marks = new ArrayList<Mark>();
        for (Room room : rooms) {
            var read = new ReadPositions(events, receipts.getOrDefault(room.number(), List.of()));
            marks.add(new Mark(room, read, read.everywhere()));
        }
        readAheadStays(
                marks.stream()
                        .mapToLong(mark -> membership(mark, reader))
                        .filter(membership -> membership != 0)
                        .toArray());
        marks.replaceAll(mark -> sinceJoin(mark, reader));
        return marks;
    }

    /// The position of the user's membership event, 0 when everything up to it is read.
    private static long membership(Mark mark, Reader reader) {
        long membership = mark.room().state().members().position(reader.user());
        return mark.lower() < membership ? membership : 0;
    }

    private Mark sinceJoin(Mark mark, Reader reader) {
        long membership = membership(mark, reader);
        return membership == 0
                ? mark
                : new Mark(
                        mark.room(), mark.read(), Math.max(mark.lower(), joinPosition(membership)));
    }

    /// Reads the memberships back to the joins, those of all rooms together.
    private void readAheadStays(long[] memberships) {
        long[] links = memberships;
        for (int i = 0; i <= MEMBERSHIPS_MAX && links.length > 0; i++) {
            links =
                    events.all(links).stream()
                            .filter(event -> event.replaces() != 0 && isJoin(event))
                            .mapToLong(StoredEvent::replaces)
                            .toArray();
        }
    }

    /// Where the stay in the room began that a membership event belongs to: a change of name is
    /// none.
    private long joinPosition(long membership) {
        long join = membership;
        for (int i = 0; i < MEMBERSHIPS_MAX; i++) {
            StoredEvent event = events.find(join).orElse(null);
            if (event == null
                    || event.replaces() == 0
                    || events.find(event.replaces()).filter(UnreadEvents::isJoin).isEmpty()) {
                return join;
            }
            join = event.replaces();
        }
        return join;
    }

    private static boolean isJoin(StoredEvent event) {
        byte[] content = ClientEvent.content(event.clientJson());
        return Membership.of(JsonReader.readObject(content)) == Membership.JOIN;
    }

    /// The events of those rooms that can be read together, oldest first: from memory, or from the
    /// store if they are not too many.
    private Map<Integer, List<StoredEvent>> together(List<Mark> marks, long until) {
        Map<Integer, List<StoredEvent>> found = new HashMap<>();
        Map<Integer, long[]> recent = new HashMap<>();
        var asked = new ArrayList<Mark>();
        for (Mark mark : marks) {
            long[] positions =
                    mark.lower() < until
                            ? mark.room().recentPositions(mark.lower(), until)
                            : new long[0];
            if (positions != null) {
                recent.put(mark.room().number(), positions);
            } else if (at(mark.room(), mark.lower()).isPresent()) {
                asked.add(mark);
            }
        }
        events.readAhead(recent.values().stream().flatMapToLong(LongStream::of));
        recent.forEach((room, positions) -> found.put(room, events.all(positions)));
        int limit = Math.min(LOOKED_AT_MAX, TOGETHER_MAX / Math.max(1, asked.size()));
        Map<Integer, List<StoredEvent>> stored =
                stores.timelines()
                        .following(asked.stream().mapToLong(Mark::lower).toArray(), until, limit);
        for (Mark mark : asked) {
            List<StoredEvent> events = stored.getOrDefault(mark.room().number(), List.of());
            if (events.size() < limit || limit == LOOKED_AT_MAX) {
                found.put(mark.room().number(), events.reversed());
            }
        }
        events.readAhead(
                found.values().stream().flatMap(List::stream).mapToLong(StoredEvent::thread));
        return found;
    }

    /// The latest events after what is read, oldest first.
    private List<StoredEvent> after(Mark mark, long until) {
        var query =
                new TimelineQuery(
                        mark.room().number(),
                        mark.lower(),
                        until,
                        Direction.BACKWARD,
                        LOOKED_AT_MAX);
        return stores.events().timeline(query).reversed();
    }

    private long notifyIndex(Room room, long position) {
        return at(room, position)
                .map(StoredEvent::notifyIndex)
                .or(
                        () ->
                                stores.events()
                                        .lastPoint(room.number(), position)
                                        .map(TimelinePoint::notifyIndex))
                .orElse(0L);
    }

    private Optional<StoredEvent> at(Room room, long position) {
        return Stream.of(position)
                .filter(known -> known != 0)
                .flatMap(known -> events.find(known).stream())
                .filter(event -> event.room() == room.number())
                .findFirst();
    }
}
