package chat.hearth.storage.jdbc;

import chat.hearth.storage.MarkedEvent;
import chat.hearth.storage.RunningNumbers;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.ThreadActivity;
import chat.hearth.storage.UnreadSince;
import chat.hearth.storage.UnreadStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Reads running numbers at the two ends of a stretch, and the few rows that are exceptions.
final class JdbcUnreadStore implements UnreadStore {
    private static final String LAST_SAID =
            "(SELECT position FROM events WHERE room_nid = mark.room_nid AND sender_nid = ?"
                    + " AND position <= ? AND thread IS NULL AND (key_nid IS NULL OR flags >= 4)"
                    + " ORDER BY position DESC LIMIT 1)";
    private static final String LAST_HIGHLIGHT =
            "COALESCE((SELECT position FROM highlights WHERE user_nid = ?"
                    + " AND room_nid = mark.room_nid AND position > mark.position"
                    + " ORDER BY position DESC LIMIT 1), 0)";

    /// Rooms are given by an event of each. A join begins with these few.
    private static final String MARKED_HERE = " WHERE mark.position" + Wanted.IN_LIST;

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
                            + " FROM events mark"
                            + MARKED_HERE);

    private static final Sql NUMBERS =
            Sql.of(
                    "SELECT position, notify_index, thread_index FROM events WHERE position"
                            + Wanted.IN_LIST);

    private static final Sql THREADS =
            Sql.of(
                    "SELECT threads.room_nid, threads.root, threads.last_position,"
                            + " (SELECT position FROM events WHERE thread = threads.root"
                            + " AND sender_nid = ? AND position <= ?"
                            + " ORDER BY position DESC LIMIT 1), "
                            + threadIndex("mark.position")
                            + ", "
                            + threadIndex("?")
                            + " FROM events mark JOIN threads ON threads.room_nid = mark.room_nid"
                            + " AND threads.last_position > "
                            + beyond("last_position", "threads", "")
                            + MARKED_HERE);

    private static final Sql HIGHLIGHTS =
            Sql.of(
                    "SELECT highlights.position FROM events mark"
                            + " JOIN highlights ON highlights.room_nid = mark.room_nid"
                            + " AND highlights.user_nid = ? AND highlights.position > "
                            + beyond("position", "highlights", " AND older.user_nid = ?")
                            + " AND highlights.position <= ?"
                            + MARKED_HERE);

    private static final String MARKED =
            "SELECT events.room_nid, events.position, events.sender_nid, events.thread,"
                    + " events.flags, events.redacted_by FROM ";
    private static final Sql MARKED_AT =
            Sql.of(MARKED + "events WHERE events.position" + Wanted.IN_LIST);
    private static final Sql REDACTED =
            Sql.of(
                    MARKED
                            + "events mark JOIN events ON events.room_nid = mark.room_nid"
                            + " AND events.redacted_by IS NOT NULL AND events.position > "
                            + beyond("position", "events", " AND older.redacted_by IS NOT NULL")
                            + " AND events.position <= ?"
                            + MARKED_HERE);

    private static final Sql LATEST_AFTER =
            Sql.of(
                    "SELECT events.room_nid, events.position FROM events mark"
                            + " JOIN events ON events.room_nid = mark.room_nid"
                            + " AND events.position > "
                            + beyond("position", "events", " AND older.position <= ?")
                            + " AND events.position <= ?"
                            + MARKED_HERE
                            + " ORDER BY events.position");

    private final Reads reads;

    private record At(long place, long value) {}

    private record InRoom<T>(int room, T found) {}

    JdbcUnreadStore(Reads reads) {
        this.reads = reads;
    }

    /// The place after which the wanted rows of a room begin: its mark's, or a later one when there
    /// are too many. It looks at as many rows as are wanted.
    private static String beyond(String column, String table, String which) {
        String older = "older." + column;
        return "COALESCE((SELECT "
                + older
                + " FROM "
                + table
                + " older WHERE older.room_nid = mark.room_nid AND "
                + older
                + " > mark.position"
                + which
                + " ORDER BY "
                + older
                + " DESC LIMIT 1 OFFSET ?), mark.position)";
    }

    private static String threadIndex(String upTo) {
        return "(SELECT thread_index FROM events WHERE thread = threads.root AND position <= "
                + upTo
                + " ORDER BY position DESC LIMIT 1)";
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
    public Map<Long, RunningNumbers> numbers(long[] positions) {
        Map<Long, RunningNumbers> numbers = new HashMap<>();
        var _ =
                reads.listOf(
                        NUMBERS,
                        positions,
                        row ->
                                numbers.put(
                                        row.number(),
                                        new RunningNumbers(row.number(), row.number())));
        return numbers;
    }

    @Override
    public Map<Integer, List<ThreadActivity>> threads(
            long[] marks, int user, long upTo, int limit) {
        return marks.length == 0
                ? Map.of()
                : byRoom(
                        reads.list(
                                THREADS,
                                p ->
                                        p.number(user)
                                                .number(upTo)
                                                .number(upTo)
                                                .number(limit)
                                                .numbers(marks),
                                row -> new InRoom<>(row.integer(), thread(row))));
    }

    @Override
    public Map<Integer, List<MarkedEvent>> highlighted(
            long[] marks, int user, long upTo, int limit) {
        if (marks.length == 0) {
            return Map.of();
        }
        long[] positions =
                LongStream.concat(
                                highlights(marks, user, upTo, limit),
                                highlights(marks, EVERYBODY, upTo, limit))
                        .distinct()
                        .toArray();
        return byRoom(reads.listOf(MARKED_AT, positions, JdbcUnreadStore::markedInRoom));
    }

    private LongStream highlights(long[] marks, int user, long upTo, int limit) {
        return reads
                .list(
                        HIGHLIGHTS,
                        p -> p.number(user).number(user).number(limit).number(upTo).numbers(marks),
                        Row::number)
                .stream()
                .mapToLong(Long::longValue);
    }

    @Override
    public Map<Integer, List<MarkedEvent>> redacted(long[] marks, long upTo, int limit) {
        return marks.length == 0
                ? Map.of()
                : byRoom(
                        reads.list(
                                REDACTED,
                                p -> p.number(limit).number(upTo).numbers(marks),
                                JdbcUnreadStore::markedInRoom));
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
        long mark = row.number();
        int room = row.integer();
        long then = row.number();
        long now = row.number();
        long said = row.number();
        long inThread = row.number();
        long highlight = row.number();
        return new UnreadSince(mark, room, then, now, said, inThread, highlight, row.number());
    }

    private static ThreadActivity thread(Row row) throws SQLException {
        return new ThreadActivity(
                row.number(), row.number(), row.number(), row.number(), row.number());
    }

    private static InRoom<MarkedEvent> markedInRoom(Row row) throws SQLException {
        return new InRoom<>(
                row.integer(),
                new MarkedEvent(
                        row.number(),
                        row.integer(),
                        row.number(),
                        (row.integer() & StoredEvent.NOTIFIES) != 0,
                        row.number() != 0));
    }

    private static <T> Map<Integer, List<T>> byRoom(List<InRoom<T>> found) {
        Map<Integer, List<T>> byRoom = new HashMap<>();
        for (InRoom<T> each : found) {
            byRoom.computeIfAbsent(each.room(), _ -> new ArrayList<>()).add(each.found());
        }
        return byRoom;
    }

    private static At at(Row row) throws SQLException {
        return new At(row.number(), row.number());
    }
}
