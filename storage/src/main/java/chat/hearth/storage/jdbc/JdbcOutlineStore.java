package chat.hearth.storage.jdbc;

import chat.hearth.storage.Direction;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.OutlineStore;
import chat.hearth.storage.TimelineQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the columns of events that stand before their texts. Both databases know the length of a
/// text without reading it.
final class JdbcOutlineStore implements OutlineStore {
    private static final String BYTES =
            "LENGTH(events.client_json) + LENGTH(events.federation_json)"
                    + bytesOf("events.redacted_by")
                    + bytesOf("events.replaces");

    private static final String OUTLINE =
            "SELECT events.position, events.room_nid, events.sender_nid, events.type_nid,"
                    + " events.key_nid, events.flags, events.state_before, events.redacted_by, "
                    + BYTES;

    private static final String STRETCH =
            OUTLINE
                    + " FROM events{by events_by_room}"
                    + " WHERE room_nid {is ?} AND position > ? AND position <= ? ORDER BY ";
    private static final Sql FORWARD = Sql.of(STRETCH + "room_nid, position LIMIT ?");
    private static final Sql BACKWARD = Sql.of(STRETCH + "room_nid DESC, position DESC LIMIT ?");

    private static final Sql LATEST =
            Sql.of(
                    OUTLINE
                            + " FROM "
                            + Wanted.TABLE
                            + " CROSS JOIN events WHERE "
                            + LatestRows.events("value").after("events.position", "?")
                            + JdbcTimelineStore.NEWEST_FIRST);

    private static final Sql AT =
            Sql.of(
                    OUTLINE
                            + " FROM "
                            + Wanted.EACH
                            + "events WHERE events.position"
                            + Wanted.IS_EACH);

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcOutlineStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    private static String bytesOf(String position) {
        return " + COALESCE((SELECT LENGTH(shown.client_json) FROM events shown"
                + " WHERE shown.position = "
                + position
                + "), 0)";
    }

    @Override
    public List<EventOutline> timeline(TimelineQuery query) {
        return reads.list(
                query.direction() == Direction.FORWARD ? FORWARD : BACKWARD,
                p ->
                        p.number(query.room())
                                .number(query.after())
                                .number(query.upTo())
                                .number(query.limit()),
                this::outline);
    }

    @Override
    public Map<Integer, List<EventOutline>> latest(int[] rooms, long after, long upTo, int limit) {
        Map<Integer, List<EventOutline>> latest = new HashMap<>();
        if (rooms.length > 0) {
            List<EventOutline> found =
                    reads.list(
                            LATEST,
                            p -> {
                                p.numbers(Wanted.of(rooms)).number(after).number(upTo);
                                p.number(limit);
                            },
                            this::outline);
            found.forEach(
                    each -> latest.computeIfAbsent(each.room(), _ -> new ArrayList<>()).add(each));
        }
        return latest;
    }

    @Override
    public List<EventOutline> at(long[] positions) {
        if (positions.length > EventStore.BATCH_MAX) {
            throw new IllegalArgumentException(
                    "At most " + EventStore.BATCH_MAX + " events at once");
        }
        return reads.listOf(AT, positions, this::outline);
    }

    private EventOutline outline(Row row) throws SQLException {
        return new EventOutline(
                row.number(),
                row.integer(),
                row.integer(),
                identifiers.type(row.integer()),
                row.integer(),
                row.integer(),
                row.number(),
                row.number(),
                row.integer());
    }
}
