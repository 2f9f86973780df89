package chat.hearth.rooms.unread;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.rooms.event.Marks;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts what users have not read, when they ask. A count that is known is carried on event by
/// event, without a look at the store; others are made from the running numbers of a room and its
/// threads, and by looking at the latest events where the user has rules of their own. Safe for use
/// by several threads.
///
/// A user's own event, unless it is state of which nobody is told, marks its thread, or the main
/// timeline, as read up to itself. A redacted event counts no longer.
///
/// See [Receiving
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications).
public final class UnreadCounter {
    /// Stands for the main timeline where a thread is asked for.
    static final long MAIN = 0;

    /// The memory for counts that are known, about 150,000; a further one displaces another.
    static final long KNOWN_BYTES_MAX = 32L << 20;

    /// Receipts of one user in one room that are read; one for each thread.
    private static final int RECEIPTS_MAX = 1_000;

    /// All bits of what may have changed.
    private static final int EVERYTHING = -1;

    private final Stores stores;
    private final EventCache events;
    private final UnreadEvents unread;
    private final Cache<Place, Tally> known =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(KNOWN_BYTES_MAX)
                    .weigher((Place _, Tally tally) -> tally.bytes())
                    .build();

    private record Place(int user, int room) {}

    /// A counter over one database.
    public UnreadCounter(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
        this.unread = new UnreadEvents(stores, events);
    }

    /// What `reader` has not read of `room` as of the position `until`.
    public UnreadCounts count(Room room, Reader reader, long until) {
        return Objects.requireNonNull(counts(List.of(room), reader, until).get(room.number()));
    }

    /// What `reader` has not read of several rooms as of the position `until`, by room.
    ///
    /// @param rooms different ones, and a bounded number of them: what is unread of all of them is
    ///   read together
    public Map<Integer, UnreadCounts> counts(List<Room> rooms, Reader reader, long until) {
        Map<Integer, UnreadCounts> counts = new HashMap<>();
        var uncounted = new ArrayList<Uncounted>();
        var perhapsRead = new ArrayList<Uncounted>();
        var unknown = new ArrayList<Room>();
        for (Room room : rooms) {
            Tally tally = known.getIfPresent(new Place(reader.user(), room.number()));
            if (tally == null || !tally.isFor(reader)) {
                unknown.add(room);
            } else if (tally.upTo() >= until) {
                counts.put(room.number(), tally.counts());
            } else {
                int changes = changesSince(tally, room, reader, until);
                Uncounted more = carriedOn(tally, room, changes, until);
                if (more == null) {
                    unknown.add(room);
                } else if ((changes & ChangeKind.RECEIPT) != 0) {
                    perhapsRead.add(more);
                } else {
                    uncounted.add(more);
                }
            }
        }
        if (!unknown.isEmpty() || !perhapsRead.isEmpty()) {
            uncounted.addAll(afterReceipts(unknown, perhapsRead, reader, until));
        }
        readAheadNames(uncounted, reader);
        Set<Long> highlighted = highlighted(uncounted, reader);
        for (Uncounted each : uncounted) {
            var place = new Place(reader.user(), each.room().number());
            Tally tally =
                    tally(each, reader, highlighted, until).following(known.getIfPresent(place));
            known.put(place, tally);
            counts.put(each.room().number(), tally.counts());
        }
        return counts;
    }

    /// Those of `rooms` of which what `reader` has not read changed between two positions; also
    /// those of which that is not known any more.
    public List<Room> changed(List<Room> rooms, Reader reader, long since, long until) {
        var _ = counts(rooms, reader, until);
        return rooms.stream()
                .filter(
                        room -> {
                            Tally tally =
                                    known.getIfPresent(new Place(reader.user(), room.number()));
                            return tally == null || tally.changedAt() > since;
                        })
                .toList();
    }

    /// What is to be counted where it depends on the user's receipts.
    ///
    /// @param unknown rooms of which no count is known
    /// @param perhapsRead what came after counts that are known, where somebody has read
    private List<Uncounted> afterReceipts(
            List<Room> unknown, List<Uncounted> perhapsRead, Reader reader, long until) {
        var asked = new ArrayList<>(unknown);
        perhapsRead.forEach(more -> asked.add(more.room()));
        Map<Integer, List<Receipt>> receipts = receipts(asked, reader);
        var uncounted = new ArrayList<Uncounted>();
        var anew = new ArrayList<>(unknown);
        for (Uncounted more : perhapsRead) {
            List<Receipt> own = receipts.getOrDefault(more.room().number(), List.of());
            if (hasRead(own, more.from(), until)) {
                anew.add(more.room());
            } else {
                uncounted.add(more);
            }
        }
        uncounted.addAll(unread.sinceRead(anew, reader, receipts, until));
        return uncounted;
    }

    /// The bits of what changed in a room since a tally; all of them when nobody knows.
    private static int changesSince(Tally tally, Room room, Reader reader, long until) {
        return switch (reader.feed().changes(tally.upTo(), until)) {
            case FeedSpan.Known span ->
                    span.rooms().stream()
                            .filter(change -> change.room() == room.number())
                            .mapToInt(FeedSpan.RoomChange::kinds)
                            .findFirst()
                            .orElse(0);
            case FeedSpan.Unknown _ -> EVERYTHING;
        };
    }

    /// What came after a tally, when that is only new events, and none that takes another away;
    /// else null.
    private @Nullable Uncounted carriedOn(Tally tally, Room room, int changes, long until) {
        if ((changes & ChangeKind.MEMBERSHIP) != 0) {
            return null;
        }
        if ((changes & ChangeKind.EVENT) == 0) {
            return Uncounted.after(tally, room, List.of());
        }
        long[] positions = room.recentPositions(tally.upTo(), until);
        if (positions == null) {
            return null;
        }
        List<StoredEvent> added = events.all(positions);
        return added.stream().anyMatch(event -> event.type().equals(EventTypes.REDACTION))
                ? null
                : Uncounted.after(tally, room, added);
    }

    /// The user's receipts, by room.
    private Map<Integer, List<Receipt>> receipts(List<Room> rooms, Reader reader) {
        int[] numbers = rooms.stream().mapToInt(Room::number).toArray();
        int limit = RECEIPTS_MAX * numbers.length;
        List<Receipt> all = stores.receipts().ofUser(numbers, reader.user(), limit);
        Stream<Receipt> receipts =
                all.size() < limit
                        ? all.stream()
                        : IntStream.of(numbers).boxed().flatMap(room -> receipts(room, reader));
        return receipts.collect(Collectors.groupingBy(Receipt::room));
    }

    private Stream<Receipt> receipts(int room, Reader reader) {
        return stores.receipts().ofUser(room, reader.user(), RECEIPTS_MAX).stream();
    }

    private static boolean hasRead(List<Receipt> own, Tally tally, long until) {
        return own.stream()
                .anyMatch(
                        receipt ->
                                receipt.position() > tally.upTo() && receipt.position() <= until);
    }

    /// Rules of a user's own may look for the user's name, which the membership has.
    private void readAheadNames(List<Uncounted> uncounted, Reader reader) {
        if (!reader.rules().isNone()) {
            events.readAhead(
                    uncounted.stream()
                            .filter(each -> !each.events().isEmpty())
                            .map(each -> each.room().state().members())
                            .mapToLong(members -> members.position(reader.user())));
        }
    }

    /// The positions of those events that name the user, or everybody.
    private Set<Long> highlighted(List<Uncounted> uncounted, Reader reader) {
        var found = LongStream.builder();
        for (Uncounted each : uncounted) {
            for (StoredEvent event : each.events()) {
                if ((event.flags() & StoredEvent.HIGHLIGHTS) != 0) {
                    found.add(event.position());
                }
            }
        }
        long[] marked = found.build().toArray();
        Set<Long> highlighted = new HashSet<>(stores.highlights().among(reader.user(), marked));
        highlighted.addAll(stores.highlights().among(Marks.EVERYBODY, marked));
        return highlighted;
    }

    private Tally tally(Uncounted more, Reader reader, Set<Long> highlighted, long until) {
        if (more.events().isEmpty()) {
            return more.from().at(until);
        }
        var counting = new Counting(stores, events, more.room(), reader, more.from(), highlighted);
        ReadPositions read = more.read();
        for (StoredEvent event : more.events()) {
            counting.add(event, read == null ? 0 : read.in(event.thread()));
        }
        return counting.tally(until);
    }
}
