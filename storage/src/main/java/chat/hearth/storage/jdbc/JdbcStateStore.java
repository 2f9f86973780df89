package chat.hearth.storage.jdbc;

import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StateStore;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Versions of room state as chains of rows, each resting on a base: deltas on the version before,
/// cumulative deltas on a snapshot, snapshots on nothing.
final class JdbcStateStore implements StateStore {
    /// A snapshot is stored when the changes since the last one exceed its size divided by this.
    private static final int SNAPSHOT_SHARE = 4;

    private static final int SHAPES_MAX = 20_000;

    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO state_versions (state_nid, room_nid, base, kind, hops, entries)"
                            + " VALUES (?, ?, ?, ?, ?, ?)");

    private static final Sql HOPS = Sql.of("SELECT hops FROM state_versions WHERE state_nid = ?");

    private static final Sql LATEST =
            Sql.of("SELECT state_nid FROM state_versions ORDER BY state_nid DESC LIMIT 1");

    /// Of each version at most one snapshot, one cumulative delta and DELTAS_MAX deltas.
    private static final Sql CHAINS =
            Sql.of(
                    "WITH RECURSIVE chain (top, state_nid, base, kind, entries) AS ("
                            + "SELECT state_nid, state_nid, base, kind, entries"
                            + " FROM "
                            + Wanted.EACH
                            + "state_versions WHERE state_nid"
                            + Wanted.IS_EACH
                            + " UNION ALL SELECT chain.top, v.state_nid, v.base, v.kind, v.entries"
                            + " FROM chain CROSS JOIN state_versions v"
                            + " WHERE v.state_nid = chain.base)"
                            + " SELECT top, state_nid, kind, entries FROM chain"
                            + " ORDER BY top, state_nid DESC");

    /// What several versions rest on, each row once.
    private static final Sql ANCESTRY =
            Sql.of(
                    "WITH RECURSIVE chain (state_nid, base) AS ("
                            + "SELECT state_nid, base FROM "
                            + Wanted.EACH
                            + "state_versions WHERE state_nid"
                            + Wanted.IS_EACH
                            + " UNION SELECT v.state_nid, v.base"
                            + " FROM chain CROSS JOIN state_versions AS v"
                            + " WHERE v.state_nid = chain.base)"
                            + " SELECT v.state_nid, v.base, v.kind, v.entries"
                            + " FROM chain CROSS JOIN state_versions AS v"
                            + " WHERE v.state_nid = chain.state_nid");

    private static final Sql COLLECTED_UP_TO =
            Sql.of(
                    "SELECT state_nid FROM state_versions WHERE state_nid > ? AND state_nid < ?"
                            + " ORDER BY state_nid LIMIT ?");

    private static final Sql COLLECT =
            Sql.of(
                    "DELETE FROM state_versions WHERE state_nid > ? AND state_nid <= ?"
                            + " AND NOT EXISTS (SELECT 1 FROM events"
                            + " WHERE events.state_mark = state_versions.state_nid)"
                            + " AND NOT EXISTS (SELECT 1 FROM rooms"
                            + " WHERE rooms.room_nid = state_versions.room_nid"
                            + " AND rooms.current_state = state_versions.state_nid)"
                            + " AND NOT EXISTS (SELECT 1 FROM state_versions child"
                            + " WHERE child.base = state_versions.state_nid)");

    private final Reads reads;

    /// How many deltas lie between a version and the last that is none.
    private final CommittedCache<Long, Integer> hops = new CommittedCache<>(SHAPES_MAX);

    JdbcStateStore(Reads reads) {
        this.reads = reads;
    }

    private enum Kind {
        SNAPSHOT(0),
        CUMULATIVE(1),
        DELTA(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind ofCode(int code) {
            return switch (code) {
                case 0 -> SNAPSHOT;
                case 1 -> CUMULATIVE;
                case 2 -> DELTA;
                default -> throw new StorageException("Unknown kind of state version " + code);
            };
        }
    }

    /// A version as it is stored.
    private record Stored(long version, long base, Kind kind, StateEntries entries) {
        static Stored of(Row row) throws SQLException {
            return new Stored(
                    row.number(),
                    row.number(),
                    Kind.ofCode(row.integer()),
                    StateCodec.decode(row.bytes()));
        }
    }

    /// @param top the version that rests on this one
    private record Link(long top, long version, Kind kind, StateEntries entries) {
        static Link of(Row row) throws SQLException {
            return new Link(
                    row.number(),
                    row.number(),
                    Kind.ofCode(row.integer()),
                    StateCodec.decode(row.bytes()));
        }
    }

    @Override
    public long add(WriteTransaction tx, int room, long parent, StateEntries changes) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        long version = own.head().next(StreamHead.Counter.STATE);
        if (parent == 0) {
            StateEntries whole = StateCodec.merge(StateEntries.EMPTY, changes, false);
            insert(own, version, room, 0, Kind.SNAPSHOT, 0, whole);
            return version;
        }
        int deltas = hops(own, parent) + 1;
        if (deltas <= DELTAS_MAX) {
            insert(own, version, room, parent, Kind.DELTA, deltas, changes);
        } else {
            addMilestone(own, version, room, parent, changes);
        }
        return version;
    }

    @Override
    public StateEntries load(long version) {
        if (version == 0) {
            return StateEntries.EMPTY;
        }
        return whole(chain(version));
    }

    @Override
    public Map<Long, StateEntries> load(long[] versions) {
        Map<Long, List<Link>> chains =
                reads.listOf(CHAINS, versions, Link::of).stream()
                        .collect(Collectors.groupingBy(Link::top));
        Map<Long, StateEntries> states = new HashMap<>();
        for (long version : versions) {
            if (version != 0) {
                states.put(version, whole(complete(version, chains.get(version))));
            }
        }
        return states;
    }

    @Override
    public long position(long version, int stateKey) {
        if (version == 0) {
            return 0;
        }
        for (Link link : chain(version)) {
            if (link.entries().has(stateKey)) {
                return link.entries().position(stateKey);
            }
        }
        return 0;
    }

    @Override
    public Map<Long, long[]> positions(long[] versions, int... stateKeys) {
        Map<Long, Stored> stored =
                reads.listOf(ANCESTRY, versions, Stored::of).stream()
                        .collect(Collectors.toMap(Stored::version, Function.identity()));
        Map<Long, long[]> found = new HashMap<>();
        for (long version : versions) {
            if (version != 0) {
                found.put(
                        version,
                        IntStream.of(stateKeys)
                                .mapToLong(key -> position(stored, version, key))
                                .toArray());
            }
        }
        return found;
    }

    private static long position(Map<Long, Stored> stored, long version, int stateKey) {
        for (long at = version; ; ) {
            Stored link = stored.get(at);
            if (link == null) {
                throw missing(version);
            }
            if (link.entries().has(stateKey)) {
                return link.entries().position(stateKey);
            }
            if (link.kind() == Kind.SNAPSHOT) {
                return 0;
            }
            at = link.base();
        }
    }

    @Override
    public long latest() {
        return reads.first(LATEST, Binding.NONE, Row::number).orElse(0L);
    }

    @Override
    public long collect(WriteTransaction tx, long after, long before, int limit) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        List<Long> looked =
                sql.list(
                        COLLECTED_UP_TO,
                        p -> p.number(after).number(before).number(limit),
                        Row::number);
        if (looked.isEmpty()) {
            return before;
        }
        long upTo = looked.getLast();
        sql.update(COLLECT, p -> p.number(after).number(upTo));
        return looked.size() < limit ? before : upTo;
    }

    /// Stores what spares readers a longer chain.
    private void addMilestone(
            JdbcTransaction tx, long version, int room, long parent, StateEntries changes) {
        List<Link> chain = chain(parent);
        Link snapshot = chain.getLast();
        StateEntries since = StateCodec.merge(changes(chain), changes, true);
        if (since.size() > snapshot.entries().size() / SNAPSHOT_SHARE) {
            StateEntries whole = StateCodec.merge(snapshot.entries(), since, false);
            insert(tx, version, room, 0, Kind.SNAPSHOT, 0, whole);
        } else {
            insert(tx, version, room, snapshot.version(), Kind.CUMULATIVE, 0, since);
        }
    }

    private void insert(
            JdbcTransaction tx,
            long version,
            int room,
            long base,
            Kind kind,
            int deltas,
            StateEntries entries) {
        byte[] packed = StateCodec.encode(entries);
        tx.sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(version)
                                        .number(room)
                                        .numberOrNull(base)
                                        .number(kind.code)
                                        .number(deltas)
                                        .bytes(packed));
        hops.keepOnCommit(tx, version, deltas);
    }

    private int hops(JdbcTransaction tx, long version) {
        Integer known = hops.findInWrite(version);
        if (known != null) {
            return known;
        }
        return tx.sql()
                .first(HOPS, p -> p.number(version), Row::integer)
                .orElseThrow(() -> missing(version));
    }

    /// The rows that a version rests on, from itself to its snapshot.
    private List<Link> chain(long version) {
        return complete(version, reads.listOf(CHAINS, new long[] {version}, Link::of));
    }

    private static List<Link> complete(long version, @Nullable List<Link> chain) {
        if (chain == null || chain.isEmpty() || chain.getLast().kind() != Kind.SNAPSHOT) {
            throw missing(version);
        }
        return chain;
    }

    private static StateEntries whole(List<Link> chain) {
        return StateCodec.merge(chain.getLast().entries(), changes(chain), false);
    }

    /// What a chain changes since its snapshot.
    private static StateEntries changes(List<Link> chain) {
        StateEntries changes = StateEntries.EMPTY;
        for (int i = chain.size() - 2; i >= 0; i--) {
            changes = StateCodec.merge(changes, chain.get(i).entries(), true);
        }
        return changes;
    }

    private static StorageException missing(long version) {
        return new StorageException("There is no state version " + version);
    }
}
