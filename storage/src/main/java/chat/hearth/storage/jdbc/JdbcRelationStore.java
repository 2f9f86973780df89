package chat.hearth.storage.jdbc;

import chat.hearth.storage.Direction;
import chat.hearth.storage.Relation;
import chat.hearth.storage.RelationStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/// One row per relating event, beside its target.
final class JdbcRelationStore implements RelationStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO relations (target, child, type_nid, sender_nid, relation_key)"
                            + " VALUES (?, ?, ?, ?, ?)");
    private static final Sql DELETE =
            Sql.of("DELETE FROM relations WHERE target = ? AND child = ?");
    private static final Sql FIND =
            Sql.of(
                    "SELECT child FROM relations JOIN events ON events.position = relations.child"
                            + " WHERE target = ? AND relations.sender_nid = ?"
                            + " AND relations.type_nid = ? AND relation_key = ?"
                            + " AND events.type_nid = ? LIMIT 1");

    private static final String COLUMNS =
            "SELECT target, type_nid, relation_key, sender_nid, child FROM relations"
                    + " WHERE target = ?";
    private static final String OF_TYPE = " AND type_nid = ?";
    private static final String ONWARD = " AND child > ? ORDER BY child ASC LIMIT ?";
    private static final String BACK = " AND child < ? ORDER BY child DESC LIMIT ?";
    private static final Sql FORWARD = Sql.of(COLUMNS + ONWARD);
    private static final Sql BACKWARD = Sql.of(COLUMNS + BACK);
    private static final Sql TYPE_FORWARD = Sql.of(COLUMNS + OF_TYPE + ONWARD);
    private static final Sql TYPE_BACKWARD = Sql.of(COLUMNS + OF_TYPE + BACK);
    private static final Sql COUNT =
            Sql.of(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM relations WHERE target = ?"
                            + " AND type_nid = ? LIMIT ?) AS related");

    private final Reads reads;
    private final JdbcIdentifierStore identifiers;

    JdbcRelationStore(Reads reads, JdbcIdentifierStore identifiers) {
        this.reads = reads;
        this.identifiers = identifiers;
    }

    @Override
    public void add(WriteTransaction tx, Relation relation) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        int type = identifiers.type(own, relation.relType());
        own.sql()
                .insert(
                        INSERT,
                        p ->
                                p.number(relation.target())
                                        .number(relation.child())
                                        .number(type)
                                        .number(relation.sender())
                                        .text(relation.key()));
    }

    @Override
    public void remove(WriteTransaction tx, long target, long child) {
        JdbcTransaction.of(tx).sql().update(DELETE, p -> p.number(target).number(child));
    }

    @Override
    public OptionalLong find(
            long target, String relType, int sender, String eventType, String key) {
        int type = identifiers.findType(relType);
        int kind = identifiers.findType(eventType);
        return reads.first(
                        FIND,
                        p -> p.number(target).number(sender).number(type).text(key).number(kind),
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

    private Relation relation(Row row) throws SQLException {
        return new Relation(
                row.number(),
                identifiers.type(row.integer()),
                row.textOrNull(),
                row.integer(),
                row.number());
    }
}
