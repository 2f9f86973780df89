package chat.hearth.storage.jdbc;

import chat.hearth.storage.Direction;
import chat.hearth.storage.Relation;
import chat.hearth.storage.RelationStore;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// One row per relating event, beside its target.
final class JdbcRelationStore implements RelationStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO relations (target, child, type_nid, sender_nid, relation_key,"
                            + " hash) VALUES (?, ?, ?, ?, ?, ?)");
    private static final Sql DELETE =
            Sql.of("DELETE FROM relations WHERE target = ? AND child = ?");
    private static final Sql FIND =
            Sql.of(
                    "SELECT child FROM relations{by relations_by_sender}"
                            + " WHERE target {is ?} AND sender_nid {is ?} AND hash {is ?}"
                            + " AND relation_key = ? ORDER BY target, sender_nid, hash LIMIT 1");

    private static final String COLUMNS =
            "SELECT target, type_nid, relation_key, sender_nid, child FROM relations";
    private static final String OF_TYPE =
            "{by relations_by_type} WHERE target {is ?} AND type_nid {is ?}";
    private static final Sql FORWARD =
            Sql.of(
                    COLUMNS
                            + " WHERE target {is ?} AND child > ?"
                            + " ORDER BY target, child LIMIT ?");
    private static final Sql BACKWARD =
            Sql.of(
                    COLUMNS
                            + " WHERE target {is ?} AND child < ?"
                            + " ORDER BY target DESC, child DESC LIMIT ?");
    private static final Sql TYPE_FORWARD =
            Sql.of(
                    COLUMNS
                            + OF_TYPE
                            + " AND child > ?"
                            + " ORDER BY target, type_nid, child LIMIT ?");
    private static final Sql TYPE_BACKWARD =
            Sql.of(
                    COLUMNS
                            + OF_TYPE
                            + " AND child < ?"
                            + " ORDER BY target DESC, type_nid DESC, child DESC LIMIT ?");
    private static final Sql COUNT =
            Sql.of(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM relations"
                            + OF_TYPE
                            + " ORDER BY target, type_nid, child LIMIT ?) AS related");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcRelationStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public void add(WriteTransaction tx, Relation relation, String eventType) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int type = identifiers.type(own, relation.relType());
        String key = relation.key();
        long hash = key == null ? 0 : hash(relation.relType(), eventType, key);
        own.sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(relation.target())
                                        .number(relation.child())
                                        .number(type)
                                        .number(relation.sender())
                                        .text(key)
                                        .number(hash));
    }

    @Override
    public void remove(WriteTransaction tx, long target, long child) {
        JdbcTransaction.of(tx).sql().update(DELETE, p -> p.number(target).number(child));
    }

    @Override
    public OptionalLong find(
            long target, String relType, int sender, String eventType, String key) {
        long hash = hash(relType, eventType, key);
        return reads.first(
                        FIND,
                        p -> p.number(target).number(sender).number(hash).text(key),
                        Row::number)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<Relation> of(long target, long from, Direction direction, int limit) {
        Sql sql =
                switch (direction) {
                    case FORWARD -> FORWARD;
                    case BACKWARD -> BACKWARD;
                };
        return reads.list(sql, p -> p.number(target).number(from).number(limit), this::relation);
    }

    @Override
    public List<Relation> of(
            long target, String relType, long from, Direction direction, int limit) {
        Sql sql =
                switch (direction) {
                    case FORWARD -> TYPE_FORWARD;
                    case BACKWARD -> TYPE_BACKWARD;
                };
        int type = identifiers.findType(relType);
        return reads.list(
                sql, p -> p.number(target).number(type).number(from).number(limit), this::relation);
    }

    @Override
    public int count(long target, String relType, int limit) {
        int type = identifiers.findType(relType);
        return reads.first(COUNT, p -> p.number(target).number(type).number(limit), Row::integer)
                .orElse(0);
    }

    /// Tells what one sender can relate to an event only once from all else that they do. Keys are
    /// too long for an index.
    private static long hash(String relType, String eventType, String key) {
        return Hashes.of(
                (relType.length() + "," + eventType.length() + "," + relType + eventType + key)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Relation relation(Row row) throws SQLException {
        return new Relation(
                row.number(),
                identifiers.type(row.integer()),
                row.textOrNull(),
                row.integer(),
                row.number());
    }
}
