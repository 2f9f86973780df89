package chat.hearth.storage.jdbc;

import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.TimelinePoint;
import chat.hearth.storage.TimelineStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Walks the index of rooms' events once per room, inside of one statement.
///
/// So that no room's whole timeline is read, a subquery looks up where its stretch begins: it stops
/// after as many entries as are wanted. Subqueries have one row and one column, which no planner
/// turns into a join that would begin with the events of all rooms.
final class JdbcTimelineStore implements TimelineStore {
    private static final String EVENTS = "SELECT " + JdbcEventStore.EVENT + " FROM ";

    private static final Sql LATEST =
            Sql.of(
                    EVENTS
                            + Wanted.TABLE
                            + " JOIN events ON events.room_nid = value AND events.position > ?"
                            + " AND events.position <= ?"
                            + beyond("value")
                            + " ORDER BY events.position DESC");

    private static final Sql LATEST_POSITIONS =
            Sql.of(
                    "SELECT events.room_nid, events.position FROM "
                            + Wanted.TABLE
                            + " JOIN events ON events.room_nid = value"
                            + beyond("value")
                            + " ORDER BY events.position");

    private static final Sql ACTIVE =
            Sql.of(
                    "SELECT value FROM "
                            + Wanted.TABLE
                            + " WHERE (SELECT position FROM events WHERE room_nid = value"
                            + " AND position > ? AND position <= ?"
                            + " ORDER BY position DESC LIMIT 1) IS NOT NULL ORDER BY value");

    private static final Sql LAST_POINTS = points("position <= ? ORDER BY position DESC");
    private static final Sql NEXT_POINTS = points("position > ? ORDER BY position ASC");

    private final Reads reads;
    private final JdbcEventStore events;

    private record PointOf(int room, TimelinePoint point) {}

    JdbcTimelineStore(Reads reads, JdbcEventStore events) {
        this.reads = reads;
        this.events = events;
    }

    /// The condition that an event is one of the latest, whose parameters are up to which position
    /// and how many.
    private static String beyond(String room) {
        return " AND events.position > COALESCE((SELECT position FROM events older"
                + " WHERE older.room_nid = "
                + room
                + " AND older.position <= ? ORDER BY older.position DESC LIMIT 1 OFFSET ?), 0)";
    }

    private static Sql points(String which) {
        return Sql.of(
                "SELECT room_nid, position, depth, notify_index, state_before FROM "
                        + Wanted.TABLE
                        + " JOIN events ON position = (SELECT position FROM events"
                        + " WHERE room_nid = value AND "
                        + which
                        + " LIMIT 1)");
    }

    @Override
    public Map<Integer, List<StoredEvent>> latest(int[] rooms, long after, long upTo, int limit) {
        if (rooms.length == 0) {
            return Map.of();
        }
        return byRoom(
                reads.list(
                        LATEST,
                        p ->
                                p.numbers(Wanted.of(rooms))
                                        .number(after)
                                        .number(upTo)
                                        .number(upTo)
                                        .number(limit),
                        events::event));
    }

    @Override
    public Map<Integer, long[]> latestPositions(int[] rooms, int limit) {
        Map<Integer, LongStream.Builder> found = new HashMap<>();
        if (rooms.length > 0) {
            var _ =
                    reads.list(
                            LATEST_POSITIONS,
                            p -> p.numbers(Wanted.of(rooms)).number(Long.MAX_VALUE).number(limit),
                            row ->
                                    found.computeIfAbsent(row.integer(), _ -> LongStream.builder())
                                            .add(row.number()));
        }
        Map<Integer, long[]> byRoom = new HashMap<>();
        found.forEach((room, positions) -> byRoom.put(room, positions.build().toArray()));
        return byRoom;
    }

    @Override
    public int[] active(int[] rooms, long after, long upTo) {
        if (rooms.length == 0) {
            return rooms;
        }
        return Wanted.ints(
                reads.list(
                        ACTIVE,
                        p -> p.numbers(Wanted.of(rooms)).number(after).number(upTo),
                        Row::integer));
    }

    @Override
    public Map<Integer, TimelinePoint> lastPoints(int[] rooms, long upTo) {
        return points(LAST_POINTS, rooms, upTo);
    }

    @Override
    public Map<Integer, TimelinePoint> nextPoints(int[] rooms, long after) {
        return points(NEXT_POINTS, rooms, after);
    }

    private Map<Integer, TimelinePoint> points(Sql sql, int[] rooms, long position) {
        Map<Integer, TimelinePoint> points = new HashMap<>();
        if (rooms.length == 0) {
            return points;
        }
        reads.list(sql, p -> p.numbers(Wanted.of(rooms)).number(position), JdbcTimelineStore::point)
                .forEach(found -> points.put(found.room(), found.point()));
        return points;
    }

    private static PointOf point(Row row) throws SQLException {
        return new PointOf(
                row.integer(),
                new TimelinePoint(row.number(), row.number(), row.number(), row.number()));
    }

    private static Map<Integer, List<StoredEvent>> byRoom(List<StoredEvent> events) {
        Map<Integer, List<StoredEvent>> byRoom = new HashMap<>();
        for (StoredEvent event : events) {
            byRoom.computeIfAbsent(event.room(), _ -> new ArrayList<>()).add(event);
        }
        return byRoom;
    }
}
