package chat.hearth.storage.jdbc;

import chat.hearth.storage.MarkedEvent;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.ThreadActivity;
import chat.hearth.storage.UnreadSince;
import chat.hearth.storage.UnreadStore;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Reads running numbers at the two ends of a stretch, and the few rows that are exceptions.
final class JdbcUnreadStore implements UnreadStore {
    private static final String LAST_SAID =
            "(SELECT position FROM events WHERE room_nid = mark.room_nid AND sender_nid = ?"
                    + " AND position <= ? AND thread IS NULL AND (key_nid IS NULL OR flags >= 2)"
                    + " ORDER BY position DESC LIMIT 1)";
    private static final String LAST_HIGHLIGHT =
            "COALESCE((SELECT position FROM highlights WHERE user_nid = ?"
                    + " AND room_nid = mark.room_nid AND position > mark.position"
                    + " ORDER BY position DESC LIMIT 1), 0)";
    private static final Sql SINCE =
            Sql.of(
                    "SELECT mark.position, mark.room_nid, mark.notify_index,"
                            + " (SELECT notify_index FROM events WHERE room_nid = mark.room_nid"
                            + " AND position <= ? ORDER BY position DESC LIMIT 1), "
                            + LAST_SAID
                            + ", (SELECT last_position FROM threads"
                            + " WHERE room_nid = mark.room_nid AND last_position > mark.position"
                            + " ORDER BY last_position DESC LIMIT 1), "
                            + LAST_HIGHLIGHT
                            + " + "
                            + LAST_HIGHLIGHT
                            + ", (SELECT position FROM events WHERE room_nid = mark.room_nid"
                            + " AND position > mark.position AND redacted_by IS NOT NULL"
                            + " ORDER BY position DESC LIMIT 1)"
                            + " FROM events mark WHERE mark.position"
                            + Wanted.IN_LIST);

    private static final Sql NOTIFY_INDEXES =
            Sql.of("SELECT position, notify_index FROM events WHERE position" + Wanted.IN_LIST);

    private static final Sql THREADS =
            Sql.of(
                    "SELECT root, last_position, (SELECT position FROM events"
                            + " WHERE thread = threads.root AND sender_nid = ? AND position <= ?"
                            + " ORDER BY position DESC LIMIT 1) FROM threads"
                            + " WHERE room_nid = ? AND last_position > ?"
                            + " ORDER BY last_position DESC LIMIT ?");

    private static final Sql THREAD_INDEX =
            Sql.of(
                    "SELECT thread_index FROM events WHERE room_nid = ? AND thread = ?"
                            + " AND position <= ? ORDER BY position DESC LIMIT 1");

    private static final Sql HIGHLIGHTS =
            Sql.of(
                    "SELECT position FROM highlights WHERE user_nid = ? AND room_nid = ?"
                            + " AND position > ? AND position <= ? ORDER BY position DESC LIMIT ?");

    private static final String MARKED =
            "SELECT position, sender_nid, thread, flags, redacted_by FROM events WHERE ";
    private static final Sql MARKED_AT =
            Sql.of(MARKED + "position" + Wanted.IN_LIST + " ORDER BY position DESC");
    private static final Sql REDACTED =
            Sql.of(
                    MARKED
                            + "room_nid = ? AND position > ? AND position <= ?"
                            + " AND redacted_by IS NOT NULL ORDER BY position DESC LIMIT ?");

    private static final Sql LATEST_AFTER =
            Sql.of(
                    "SELECT events.room_nid, events.position FROM events mark"
                            + " JOIN events ON events.room_nid = mark.room_nid"
                            + " AND events.position > COALESCE((SELECT position FROM events older"
                            + " WHERE older.room_nid = mark.room_nid"
                            + " AND older.position > mark.position AND older.position <= ?"
                            + " ORDER BY older.position DESC LIMIT 1 OFFSET ?), mark.position)"
                            + " AND events.position <= ? WHERE mark.position"
                            + Wanted.IN_LIST
                            + " ORDER BY events.position");

    private final Reads reads;

    private record At(long place, long value) {}

    JdbcUnreadStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public Map<Integer, UnreadSince> since(long[] marks, int user, long upTo) {
        Map<Integer, UnreadSince> byRoom = new HashMap<>();
        if (marks.length > 0) {
            reads.list(
                            SINCE,
                            p ->
                                    p.number(upTo)
                                            .number(user)
                                            .number(upTo)
                                            .number(user)
                                            .number(EVERYBODY)
                                            .numbers(marks),
                            JdbcUnreadStore::unreadSince)
                    .forEach(found -> byRoom.put(found.room(), found));
        }
        return byRoom;
    }

    @Override
    public Map<Long, Long> notifyIndexes(long[] positions) {
        Map<Long, Long> indexes = new HashMap<>();
        reads.listOf(NOTIFY_INDEXES, positions, JdbcUnreadStore::at)
                .forEach(found -> indexes.put(found.place(), found.value()));
        return indexes;
    }

    @Override
    public List<ThreadActivity> threads(int room, long after, int user, long upTo, int limit) {
        return reads.list(
                THREADS,
                p -> p.number(user).number(upTo).number(room).number(after).number(limit),
                row -> new ThreadActivity(row.number(), row.number(), row.number()));
    }

    @Override
    public long notifying(int room, long thread, long after, long upTo) {
        return Math.max(0, threadIndex(room, thread, upTo) - threadIndex(room, thread, after));
    }

    private long threadIndex(int room, long thread, long upTo) {
        return reads.first(
                        THREAD_INDEX, p -> p.number(room).number(thread).number(upTo), Row::number)
                .orElse(0L);
    }

    @Override
    public List<MarkedEvent> highlighted(int room, int user, long after, long upTo, int limit) {
        long[] positions =
                LongStream.concat(
                                highlights(room, user, after, upTo, limit),
                                highlights(room, EVERYBODY, after, upTo, limit))
                        .distinct()
                        .toArray();
        return reads.listOf(MARKED_AT, positions, JdbcUnreadStore::marked).stream()
                .limit(limit)
                .toList();
    }

    private LongStream highlights(int room, int user, long after, long upTo, int limit) {
        return reads
                .list(
                        HIGHLIGHTS,
                        p -> p.number(user).number(room).number(after).number(upTo).number(limit),
                        Row::number)
                .stream()
                .mapToLong(Long::longValue);
    }

    @Override
    public List<MarkedEvent> redacted(int room, long after, long upTo, int limit) {
        return reads.list(
                REDACTED,
                p -> p.number(room).number(after).number(upTo).number(limit),
                JdbcUnreadStore::marked);
    }

    @Override
    public Map<Integer, long[]> latestAfter(long[] marks, long upTo, int limit) {
        Map<Integer, LongStream.Builder> found = new HashMap<>();
        if (marks.length > 0) {
            reads.list(
                            LATEST_AFTER,
                            p -> p.number(upTo).number(limit).number(upTo).numbers(marks),
                            JdbcUnreadStore::at)
                    .forEach(
                            each ->
                                    found.computeIfAbsent(
                                                    (int) each.place(), _ -> LongStream.builder())
                                            .add(each.value()));
        }
        Map<Integer, long[]> byRoom = new HashMap<>();
        found.forEach((room, positions) -> byRoom.put(room, positions.build().toArray()));
        return byRoom;
    }

    private static UnreadSince unreadSince(Row row) throws SQLException {
        return new UnreadSince(
                row.number(),
                row.integer(),
                row.number(),
                row.number(),
                row.number(),
                row.number(),
                row.number(),
                row.number());
    }

    private static MarkedEvent marked(Row row) throws SQLException {
        return new MarkedEvent(
                row.number(),
                row.integer(),
                row.number(),
                (row.integer() & StoredEvent.NOTIFIES) != 0,
                row.number() != 0);
    }

    private static At at(Row row) throws SQLException {
        return new At(row.number(), row.number());
    }
}
