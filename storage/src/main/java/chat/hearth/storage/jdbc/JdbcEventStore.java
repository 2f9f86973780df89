package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.EventId;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.TimelinePoint;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// One row per event.
final class JdbcEventStore implements EventStore {
    private static final int ROOMS_MAX = 20_000;

    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO events (position, room_nid, event_id, sender_nid, type_nid,"
                            + " key_nid, depth, flags, notify_index, thread, thread_index, state_before,"
                            + " state_mark, replaces, redacted_by, client_json, federation_json)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    /// What [#event] reads, of events by this name.
    static final String EVENT =
            "events.position, events.room_nid, events.event_id, events.sender_nid,"
                    + " events.type_nid, events.key_nid, events.depth, events.flags,"
                    + " events.notify_index, events.thread, events.state_before,"
                    + " events.replaces, events.client_json, events.federation_json,"
                    + " events.redacted_by";

    private static final String COLUMNS = "SELECT " + EVENT + " FROM events WHERE ";

    private static final Sql BY_ID = Sql.of(COLUMNS + "event_id = ?");
    private static final Sql BY_POSITION = Sql.of(COLUMNS + "position = ?");
    private static final Sql BY_POSITIONS =
            Sql.of(
                    "SELECT "
                            + EVENT
                            + " FROM "
                            + Wanted.EACH
                            + "events WHERE position"
                            + Wanted.IS_EACH);
    private static final String STRETCH =
            "SELECT "
                    + EVENT
                    + " FROM events{by events_by_room}"
                    + " WHERE room_nid {is ?} AND position > ? AND position <= ? ORDER BY ";
    private static final Sql FORWARD = Sql.of(STRETCH + "room_nid, position LIMIT ?");
    private static final Sql BACKWARD = Sql.of(STRETCH + "room_nid DESC, position DESC LIMIT ?");

    private static final Sql POSITION = Sql.of("SELECT position FROM events WHERE event_id = ?");
    private static final Sql IDS =
            Sql.of(
                    "SELECT position, event_id FROM "
                            + Wanted.EACH
                            + "events WHERE position"
                            + Wanted.IS_EACH);
    private static final Sql LAST_POINT =
            Sql.of(
                    "SELECT position, depth, notify_index, state_before"
                            + " FROM events{by events_by_room}"
                            + " WHERE room_nid {is ?} AND position <= ?"
                            + " ORDER BY room_nid DESC, position DESC LIMIT 1");
    private static final Sql REDACT =
            Sql.of(
                    "UPDATE events SET redacted_by = ?, flags = ?, client_json = ?,"
                            + " federation_json = ? WHERE position = ?");
    private static final Sql SET_FEDERATION_JSON =
            Sql.of("UPDATE events SET federation_json = ? WHERE position = ?");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    /// The state version before the last event of each room, to see when it changes.
    private final CommittedCache<Integer, Long> lastStates = new CommittedCache<>(ROOMS_MAX);

    private record IdAt(long position, EventId eventId) {}

    JdbcEventStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public void append(WriteTransaction tx, StoredEvent event) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int type = identifiers.type(own, event.type());
        long mark = stateMark(own, event);
        long threadIndex = ThreadRows.advance(own, event);
        own.sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(event.position())
                                        .number(event.room())
                                        .bytes(EventIds.encode(event.eventId()))
                                        .number(event.sender())
                                        .number(type)
                                        .numberOrNull(event.stateKey())
                                        .number(event.depth())
                                        .number(event.flags())
                                        .number(event.notifyIndex())
                                        .numberOrNull(event.thread())
                                        .numberOrNull(threadIndex)
                                        .number(event.stateBefore())
                                        .numberOrNull(mark)
                                        .numberOrNull(event.replaces())
                                        .numberOrNull(event.redactedBy())
                                        .bytes(event.clientJson())
                                        .bytes(event.federationJson()));
    }

    @Override
    public void redact(
            WriteTransaction tx,
            long position,
            long redactedBy,
            int flags,
            byte[] clientJson,
            byte[] federationJson) {
        JdbcTransaction.of(tx)
                .sql()
                .update(
                        REDACT,
                        p ->
                                p.number(redactedBy)
                                        .number(flags)
                                        .bytes(clientJson)
                                        .bytes(federationJson)
                                        .number(position));
    }

    @Override
    public void changeFederationJson(WriteTransaction tx, long position, byte[] federationJson) {
        JdbcTransaction.of(tx)
                .sql()
                .update(SET_FEDERATION_JSON, p -> p.bytes(federationJson).number(position));
    }

    @Override
    public Optional<StoredEvent> byId(EventId eventId) {
        return reads.first(BY_ID, p -> p.bytes(EventIds.encode(eventId)), this::event);
    }

    @Override
    public List<StoredEvent> byIds(Collection<EventId> eventIds) {
        requireBatch(eventIds.size());
        return reads.read(
                connection -> {
                    List<StoredEvent> found = new ArrayList<>(eventIds.size());
                    for (EventId id : eventIds) {
                        connection
                                .first(BY_ID, p -> p.bytes(EventIds.encode(id)), this::event)
                                .ifPresent(found::add);
                    }
                    return found;
                });
    }

    @Override
    public OptionalLong position(EventId eventId) {
        return reads.first(POSITION, p -> p.bytes(EventIds.encode(eventId)), Row::number)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public Optional<StoredEvent> byPosition(long position) {
        return reads.first(BY_POSITION, p -> p.number(position), this::event);
    }

    @Override
    public List<StoredEvent> byPositions(long[] positions) {
        requireBatch(positions.length);
        Map<Long, StoredEvent> found = new HashMap<>();
        for (StoredEvent event : reads.listOf(BY_POSITIONS, positions, this::event)) {
            found.put(event.position(), event);
        }
        List<StoredEvent> ordered = new ArrayList<>(positions.length);
        for (long position : positions) {
            StoredEvent event = found.get(position);
            if (event != null) {
                ordered.add(event);
            }
        }
        return ordered;
    }

    @Override
    public Map<Long, EventId> ids(long[] positions) {
        requireBatch(positions.length);
        Map<Long, EventId> ids = new HashMap<>();
        for (IdAt id : reads.listOf(IDS, positions, JdbcEventStore::idAt)) {
            ids.put(id.position(), id.eventId());
        }
        return ids;
    }

    @Override
    public List<StoredEvent> timeline(TimelineQuery query) {
        Sql sql =
                switch (query.direction()) {
                    case FORWARD -> FORWARD;
                    case BACKWARD -> BACKWARD;
                };
        return reads.list(
                sql,
                p ->
                        p.number(query.room())
                                .number(query.after())
                                .number(query.upTo())
                                .number(query.limit()),
                this::event);
    }

    @Override
    public Optional<TimelinePoint> lastPoint(int room, long upTo) {
        return reads.first(
                LAST_POINT,
                p -> p.number(room).number(upTo),
                row -> new TimelinePoint(row.number(), row.number(), row.number(), row.number()));
    }

    /// The state version before an event, when the event is the first here that has it; else 0.
    private long stateMark(JdbcTransaction tx, StoredEvent event) {
        Long last = lastStates.findInWrite(event.room());
        if (Objects.equals(last, event.stateBefore())) {
            return 0;
        }
        lastStates.keepOnCommit(tx, event.room(), event.stateBefore());
        return event.stateBefore();
    }

    /// An event of its columns in a row.
    StoredEvent event(Row row) throws SQLException {
        return new StoredEvent(
                row.number(),
                row.integer(),
                EventIds.decode(row.bytes()),
                row.integer(),
                identifiers.type(row.integer()),
                row.integer(),
                row.number(),
                row.integer(),
                row.number(),
                row.number(),
                row.number(),
                row.number(),
                row.bytes(),
                row.bytes(),
                row.number());
    }

    private static IdAt idAt(Row row) throws SQLException {
        return new IdAt(row.number(), EventIds.decode(row.bytes()));
    }

    private static void requireBatch(int size) {
        if (size > BATCH_MAX) {
            throw new IllegalArgumentException("At most " + BATCH_MAX + " events at once");
        }
    }
}
