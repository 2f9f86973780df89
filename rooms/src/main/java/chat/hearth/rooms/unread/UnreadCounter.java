package chat.hearth.rooms.unread;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.storage.Direction;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelinePoint;
import chat.hearth.storage.TimelineQuery;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts what users have not read, when they ask. A count that is known is carried on event by
/// event, without a look at the store; others are counted from the events after what was read. Safe
/// for use by several threads.
///
/// A user's own event marks its thread, or the main timeline, as read up to itself. A redacted
/// event counts no longer.
///
/// See [Receiving
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications).
public final class UnreadCounter {
    /// Stands for the main timeline where a thread is asked for.
    static final long MAIN = 0;

    /// Counts that are known at once; a further one displaces another.
    private static final int KNOWN_MAX = 100_000;

    /// So many unread events are looked at one by one. Older ones are counted as if all of them
    /// were in the main timeline and everybody had the default rules.
    static final int LOOKED_AT_MAX = 1_000;

    /// Receipts of one user in one room that are read; one for each thread.
    private static final int RECEIPTS_MAX = 1_000;

    /// Receipts of a room that are looked through for the user's own.
    private static final int RECEIPTS_CHANGED_MAX = 500;

    /// A user's join is looked for this far back, membership by membership.
    private static final int MEMBERSHIPS_MAX = 20;

    private static final String REDACTION = "m.room.redaction";

    private final Stores stores;
    private final EventCache events;
    private final Cache<Place, Tally> known = Caffeine.newBuilder().maximumSize(KNOWN_MAX).build();

    private record Place(int user, int room) {}

    /// A counter over one database.
    public UnreadCounter(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
    }

    /// What `reader` has not read of `room` as of the position `until`.
    public UnreadCounts count(Room room, Reader reader, long until) {
        var place = new Place(reader.user(), room.number());
        Tally tally = known.getIfPresent(place);
        if (tally != null && tally.upTo() >= until && tally.isFor(reader)) {
            return tally.counts();
        }
        Tally next = tally == null ? null : carriedOn(tally, room, reader, until);
        if (next == null) {
            next = counted(room, reader, until);
        }
        known.put(place, next);
        return next.counts();
    }

    /// The tally at `until`, when only new events lie between, and none that takes another away;
    /// else null.
    private @Nullable Tally carriedOn(Tally tally, Room room, Reader reader, long until) {
        if (!tally.isFor(reader)
                || !(reader.feed().changes(tally.upTo(), until) instanceof FeedSpan.Known span)) {
            return null;
        }
        int kinds =
                span.rooms().stream()
                        .filter(change -> change.room() == room.number())
                        .mapToInt(FeedSpan.RoomChange::kinds)
                        .findFirst()
                        .orElse(0);
        if ((kinds & ChangeKind.MEMBERSHIP) != 0
                || (kinds & ChangeKind.RECEIPT) != 0 && hasRead(room, reader, tally, until)) {
            return null;
        }
        if ((kinds & ChangeKind.EVENT) == 0) {
            return tally.at(until);
        }
        long[] positions = room.recentPositions(tally.upTo(), until);
        if (positions == null) {
            return null;
        }
        List<StoredEvent> added = events.all(positions);
        if (added.stream().anyMatch(event -> event.type().equals(REDACTION))) {
            return null;
        }
        var counting = new Counting(stores, room, reader, tally);
        added.forEach(event -> counting.add(event, 0));
        return counting.tally(until);
    }

    private boolean hasRead(Room room, Reader reader, Tally tally, long until) {
        List<Receipt> changed =
                stores.receipts().changed(room.number(), tally.upTo(), until, RECEIPTS_CHANGED_MAX);
        return changed.size() == RECEIPTS_CHANGED_MAX
                || changed.stream().anyMatch(receipt -> receipt.user() == reader.user());
    }

    private Tally counted(Room room, Reader reader, long until) {
        var read =
                new ReadPositions(
                        events,
                        stores.receipts().ofUser(room.number(), reader.user(), RECEIPTS_MAX));
        long lower = read.everywhere();
        long membership = room.state().members().position(reader.user());
        if (lower < membership) {
            lower = Math.max(lower, joinPosition(membership));
        }
        long indexBefore = notifyIndex(room, lower);
        List<StoredEvent> unread = after(room, lower, until);
        var counting = new Counting(stores, room, reader, Tally.start(reader, indexBefore));
        if (unread.size() == LOOKED_AT_MAX) {
            counting.skip(notifyIndex(room, unread.getFirst().position() - 1));
        }
        for (StoredEvent event : unread) {
            counting.add(event, read.in(event.thread()));
        }
        return counting.tally(until);
    }

    /// The latest events after `lower`, oldest first.
    private List<StoredEvent> after(Room room, long lower, long until) {
        if (lower >= until) {
            return List.of();
        }
        long[] recent = room.recentPositions(lower, until);
        if (recent != null) {
            return events.all(recent);
        }
        var query =
                new TimelineQuery(room.number(), lower, until, Direction.BACKWARD, LOOKED_AT_MAX);
        return new ArrayList<>(stores.events().timeline(query)).reversed();
    }

    private long notifyIndex(Room room, long position) {
        return stores.events()
                .lastPoint(room.number(), position)
                .map(TimelinePoint::notifyIndex)
                .orElse(0L);
    }

    /// Where the stay in the room began that a membership event belongs to: a change of name is
    /// none.
    private long joinPosition(long membership) {
        long join = membership;
        for (int i = 0; i < MEMBERSHIPS_MAX; i++) {
            StoredEvent event = events.find(join).orElse(null);
            if (event == null || event.replaces() == 0 || !isJoin(event.replaces())) {
                return join;
            }
            join = event.replaces();
        }
        return join;
    }

    private boolean isJoin(long position) {
        return events.find(position)
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .map(Membership::of)
                .filter(membership -> membership == Membership.JOIN)
                .isPresent();
    }
}
