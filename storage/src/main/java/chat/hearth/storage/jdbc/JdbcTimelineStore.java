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
final class JdbcTimelineStore implements TimelineStore {
    private static final String EVENTS = "SELECT " + JdbcEventStore.EVENT + " FROM ";

    /// The sum keeps a planner from walking the events of all rooms in this order.
    static final String NEWEST_FIRST = " ORDER BY events.position + 0 DESC";

    private static final Sql LATEST =
            Sql.of(
                    EVENTS
                            + Wanted.TABLE
                            + " CROSS JOIN events WHERE "
                            + LatestRows.events("value").after("events.position", "?")
                            + NEWEST_FIRST);

    private static final Sql LATEST_POSITIONS =
            Sql.of(
                    "SELECT events.room_nid, events.position FROM "
                            + Wanted.TABLE
                            + " CROSS JOIN events WHERE "
                            + LatestRows.events("value").after("events.position", "0")
                            + " ORDER BY events.position + 0");

    private static final Sql ACTIVE =
            Sql.of(
                    "SELECT value FROM "
                            + Wanted.TABLE
                            + " WHERE (SELECT position FROM events{by events_by_room}"
                            + " WHERE room_nid {is value} AND position > ? AND position <= ?"
                            + " ORDER BY room_nid DESC, position DESC LIMIT 1) IS NOT NULL"
                            + " ORDER BY value");

    private static final Sql LAST_POINTS =
            points("position <= ? ORDER BY room_nid DESC, position DESC");
    private static final Sql NEXT_POINTS = points("position > ? ORDER BY room_nid, position");

    private final Reads reads;
    private final JdbcEventStore events;

    private record PointOf(int room, TimelinePoint point) {}

    JdbcTimelineStore(Reads reads, JdbcEventStore events) {
        this.reads = reads;
        this.events = events;
    }

    private static Sql points(String which) {
        return Sql.of(
                "SELECT room_nid, position, depth, notify_index, state_before FROM "
                        + Wanted.TABLE
                        + " CROSS JOIN events WHERE position = (SELECT position"
                        + " FROM events{by events_by_room} WHERE room_nid {is value} AND "
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
                        p -> p.numbers(Wanted.of(rooms)).number(after).number(upTo).number(limit),
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
