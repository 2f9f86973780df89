package chat.hearth.storage.jdbc;

import chat.hearth.storage.MarkedEvent;
import chat.hearth.storage.RunningNumbers;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.ThreadActivity;
import chat.hearth.storage.UnreadSince;
import chat.hearth.storage.UnreadStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/// Reads running numbers at the two ends of a stretch, and the few rows that are exceptions.
final class JdbcUnreadStore implements UnreadStore {
    private static final LatestRows.Key MARKED_ROOM =
            new LatestRows.Key("room_nid", "mark.room_nid");
    private static final String HERE = "room_nid {is mark.room_nid}";
    private static final String LATEST_HERE = " ORDER BY room_nid DESC, position DESC LIMIT 1)";

    private static final String NUMBER_NOW =
            "(SELECT notify_index FROM events{by events_by_room} WHERE "
                    + HERE
                    + " AND position <= ?"
                    + LATEST_HERE;
    private static final String LAST_SAID =
            "(SELECT position FROM events{by events_by_sender} WHERE "
                    + HERE
                    + " AND sender_nid {is ?} AND position <= ?"
                    + " AND thread IS NULL AND (key_nid IS NULL OR flags >= 4)"
                    + " ORDER BY room_nid DESC, sender_nid DESC, position DESC LIMIT 1)";
    private static final String LAST_IN_THREAD =
            "(SELECT last_position FROM threads{by threads_by_activity} WHERE "
                    + HERE
                    + " AND last_position > mark.position"
                    + " ORDER BY room_nid DESC, last_position DESC LIMIT 1)";
    private static final String LAST_HIGHLIGHT =
            "COALESCE((SELECT position FROM highlights WHERE user_nid {is ?} AND "
                    + HERE
                    + " AND position > mark.position"
                    + " ORDER BY user_nid DESC, room_nid DESC, position DESC LIMIT 1), 0)";
    private static final String LAST_REDACTED =
            "(SELECT position FROM events{by events_redacted} WHERE "
                    + HERE
                    + " AND position > mark.position AND redacted_by IS NOT NULL"
                    + LATEST_HERE;

    /// Rooms are given by an event of each. A join begins with these few.
    private static final String MARKS = Wanted.EACH + "events AS mark";

    private static final String IN_EACH = " FROM " + MARKS + " CROSS JOIN ";

    private static final String MARKED_HERE = " WHERE mark.position" + Wanted.IS_EACH;

    private static final Sql SINCE =
            Sql.of(
                    "SELECT mark.position, mark.room_nid, mark.notify_index, "
                            + NUMBER_NOW
                            + ", "
                            + LAST_SAID
                            + ", "
                            + LAST_IN_THREAD
                            + ", "
                            + LAST_HIGHLIGHT
                            + " + "
                            + LAST_HIGHLIGHT
                            + ", "
                            + LAST_REDACTED
                            + " FROM "
                            + MARKS
                            + MARKED_HERE);

    private static final Sql NUMBERS =
            Sql.of(
                    "SELECT position, notify_index, thread_index FROM "
                            + Wanted.EACH
                            + "events WHERE position"
                            + Wanted.IS_EACH);

    private static final Sql THREADS =
            Sql.of(
                    "SELECT threads.room_nid, threads.root, threads.last_position,"
                            + " (SELECT position FROM events{by events_by_thread_sender}"
                            + " WHERE thread {is threads.root} AND sender_nid {is ?}"
                            + " AND position <= ? AND thread IS NOT NULL"
                            + " ORDER BY thread DESC, sender_nid DESC, position DESC LIMIT 1), "
                            + threadIndex("mark.position")
                            + ", "
                            + threadIndex("?")
                            + IN_EACH
                            + "threads"
                            + MARKED_HERE
                            + " AND "
                            + new LatestRows(
                                            "threads",
                                            "{by threads_by_activity}",
                                            List.of(MARKED_ROOM),
                                            "last_position",
                                            "root",
                                            "")
                                    .after("threads.root", "mark.position"));

    private static final String MARKED =
            "SELECT events.room_nid, events.position, events.sender_nid, events.thread,"
                    + " events.flags, events.redacted_by"
                    + IN_EACH
                    + "events"
                    + MARKED_HERE
                    + " AND ";
    private static final Sql HIGHLIGHTED =
            Sql.of(
                    MARKED
                            + new LatestRows(
                                            "highlights",
                                            "",
                                            List.of(
                                                    new LatestRows.Key("user_nid", "?"),
                                                    MARKED_ROOM),
                                            "position",
                                            "position",
                                            "")
                                    .after("events.position", "mark.position"));
    private static final Sql REDACTED =
            Sql.of(
                    MARKED
                            + LatestRows.events(
                                            "{by events_redacted}",
                                            "mark.room_nid",
                                            " AND older.redacted_by IS NOT NULL")
                                    .after("events.position", "mark.position"));

    private static final Sql LATEST_AFTER =
            Sql.of(
                    "SELECT events.room_nid, events.position"
                            + IN_EACH
                            + "events"
                            + MARKED_HERE
                            + " AND "
                            + LatestRows.events("mark.room_nid")
                                    .after("events.position", "mark.position")
                            + " ORDER BY events.position + 0");

    private final Reads reads;

    private record At(long place, long value) {}

    private record InRoom<T>(int room, T found) {}

    JdbcUnreadStore(Reads reads) {
        this.reads = reads;
    }

    private static String threadIndex(String upTo) {
        return "(SELECT thread_index FROM events{by events_by_thread}"
                + " WHERE thread {is threads.root} AND thread IS NOT NULL AND position <= "
                + upTo
                + " ORDER BY thread DESC, position DESC LIMIT 1)";
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
                                                .numbers(marks)
                                                .number(Long.MAX_VALUE)
                                                .number(limit),
                                row -> new InRoom<>(row.integer(), thread(row))));
    }

    @Override
    public Map<Integer, List<MarkedEvent>> highlighted(
            long[] marks, int user, long upTo, int limit) {
        if (marks.length == 0) {
            return Map.of();
        }
        Set<InRoom<MarkedEvent>> found = new LinkedHashSet<>(highlights(marks, user, upTo, limit));
        found.addAll(highlights(marks, EVERYBODY, upTo, limit));
        return byRoom(found);
    }

    private List<InRoom<MarkedEvent>> highlights(long[] marks, int user, long upTo, int limit) {
        return reads.list(
                HIGHLIGHTED,
                p -> p.numbers(marks).number(user).number(upTo).number(limit),
                JdbcUnreadStore::markedInRoom);
    }

    @Override
    public Map<Integer, List<MarkedEvent>> redacted(long[] marks, long upTo, int limit) {
        return marks.length == 0
                ? Map.of()
                : byRoom(
                        reads.list(
                                REDACTED,
                                p -> p.numbers(marks).number(upTo).number(limit),
                                JdbcUnreadStore::markedInRoom));
    }

    @Override
    public Map<Integer, long[]> latestAfter(long[] marks, long upTo, int limit) {
        Map<Integer, LongStream.Builder> found = new HashMap<>();
        if (marks.length > 0) {
            reads.list(
                            LATEST_AFTER,
                            p -> p.numbers(marks).number(upTo).number(limit),
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
        long index = row.number();
        long indexNow = row.number();
        long said = row.number();
        long thread = row.number();
        long highlight = row.number();
        long redacted = row.number();
        return new UnreadSince(mark, room, index, indexNow, said, thread, highlight, redacted);
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

    private static <T> Map<Integer, List<T>> byRoom(Collection<InRoom<T>> found) {
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
