package chat.hearth.rooms.unread;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.unread.DefaultCounts.Mark;
import chat.hearth.storage.Direction;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Finds what is unread in rooms of which no count is known: as a count where nothing but the
/// stored numbers is needed, as events where each has to be looked at. Safe for use by several
/// threads.
final class UnreadEvents {
    /// So many unread events of a room are looked at one by one, by rules of the user's own or for
    /// the users who are ignored. Older ones count by the rules that everybody has.
    static final int LOOKED_AT_MAX = 1_000;

    /// So many events of all rooms are found together; a room that needs more is read on its own.
    private static final int TOGETHER_MAX = 5_000;

    /// A user's join is looked for this far back, membership by membership.
    private static final int MEMBERSHIPS_MAX = 20;

    private static final long[] NONE = {};

    private final Stores stores;
    private final EventCache events;
    private final DefaultCounts defaults;

    UnreadEvents(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
        this.defaults = new DefaultCounts(stores, events);
    }

    /// What is unread in rooms of which no count is known.
    ///
    /// @param receipts the user's receipts, by room
    List<Uncounted> sinceRead(
            List<Room> rooms, Reader reader, Map<Integer, List<Receipt>> receipts, long until) {
        var uncounted = new ArrayList<Uncounted>();
        var byDefault = new ArrayList<Mark>();
        var oneByOne = new ArrayList<Mark>();
        List<Mark> marks = marks(rooms, reader, receipts);
        List<long @Nullable []> recents = new ArrayList<>();
        marks.forEach(mark -> recents.add(recent(mark, until)));
        events.readAhead(recents.stream().filter(Objects::nonNull).flatMapToLong(LongStream::of));
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            long[] recent = recents.get(i);
            if (recent != null) {
                uncounted.add(counted(mark, reader, events.all(recent)));
            } else {
                (needsEvents(mark.room(), reader) ? oneByOne : byDefault).add(mark);
            }
        }
        Map<Integer, UnreadCounts> counts = defaults.count(byDefault, reader.user(), until);
        for (Mark mark : byDefault) {
            UnreadCounts count = counts.get(mark.number());
            if (count == null) {
                oneByOne.add(mark);
            } else {
                uncounted.add(counted(mark, reader, count, until));
            }
        }
        uncounted.addAll(latest(oneByOne, reader, until));
        return uncounted;
    }

    private static long @Nullable [] recent(Mark mark, long until) {
        return mark.lower() < until
                ? mark.room().recentPositions(mark.lower(), until)
                : new long[0];
    }

    private static Uncounted counted(Mark mark, Reader reader, List<StoredEvent> unread) {
        return new Uncounted(mark.room(), Tally.start(reader), unread, mark.read());
    }

    private static Uncounted counted(Mark mark, Reader reader, UnreadCounts count, long until) {
        var tally = new Tally(until, reader.settingsAt(), count);
        return new Uncounted(mark.room(), tally, List.of(), null);
    }

    /// Whether the stored numbers do not tell: the user has other rules in the room, or ignores
    /// somebody who may have said something there.
    private boolean needsEvents(Room room, Reader reader) {
        return !reader.rules().classIn(room.id().value()).isNone()
                || reader.ignored().stream()
                        .flatMap(user -> UserId.parse(user).stream())
                        .flatMapToInt(user -> stores.identifiers().findUser(user).stream())
                        .anyMatch(user -> room.state().members().position(user) != 0);
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

    /// What is to be looked at: the latest events after what is read, and a count of those before
    /// them.
    private List<Uncounted> latest(List<Mark> marks, Reader reader, long until) {
        int limit = Math.min(LOOKED_AT_MAX, TOGETHER_MAX / Math.max(1, marks.size()));
        Map<Integer, long[]> found =
                stores.unread()
                        .latestAfter(marks.stream().mapToLong(Mark::lower).toArray(), until, limit);
        var uncounted = new ArrayList<Uncounted>();
        for (Mark mark : marks) {
            long[] positions = found.getOrDefault(mark.number(), NONE);
            if (positions.length == limit && limit < LOOKED_AT_MAX || !isAtEvent(mark)) {
                positions = latest(mark, until);
            }
            List<StoredEvent> unread = events.all(positions);
            Tally before =
                    positions.length < LOOKED_AT_MAX
                            ? Tally.start(reader)
                            : before(mark, reader, positions[0] - 1);
            uncounted.add(new Uncounted(mark.room(), before, unread, mark.read()));
        }
        return uncounted;
    }

    private long[] latest(Mark mark, long until) {
        var query =
                new TimelineQuery(
                        mark.number(), mark.lower(), until, Direction.BACKWARD, LOOKED_AT_MAX);
        return stores.outlines().timeline(query).reversed().stream()
                .mapToLong(EventOutline::position)
                .toArray();
    }

    private Tally before(Mark mark, Reader reader, long until) {
        UnreadCounts counts =
                defaults.count(List.of(mark), reader.user(), until)
                        .getOrDefault(mark.number(), UnreadCounts.NONE);
        return new Tally(until, reader.settingsAt(), counts);
    }

    private boolean isAtEvent(Mark mark) {
        return mark.lower() != 0
                && events.find(mark.lower())
                        .filter(event -> event.room() == mark.number())
                        .isPresent();
    }
}
