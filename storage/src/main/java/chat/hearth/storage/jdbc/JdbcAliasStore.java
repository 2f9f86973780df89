package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.storage.AliasStore;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One row per local alias.
final class JdbcAliasStore implements AliasStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO aliases (alias, room_nid, creator_nid, created_ts)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT (alias) DO NOTHING");
    private static final Sql DELETE =
            Sql.of("DELETE FROM aliases WHERE alias = ? AND room_nid = ? AND creator_nid = ?");
    private static final String COLUMNS =
            "SELECT alias, room_nid, creator_nid, created_ts FROM aliases";
    private static final Sql FIND = Sql.of(COLUMNS + " WHERE alias = ?");
    private static final Sql OF_ROOM =
            Sql.of(
                    COLUMNS
                            + "{by aliases_by_room} WHERE room_nid {is ?}"
                            + " ORDER BY room_nid, alias LIMIT ?");

    private final Reads reads;

    JdbcAliasStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public boolean add(WriteTransaction tx, StoredAlias alias) {
        return JdbcTransaction.of(tx)
                        .sql()
                        .update(
                                INSERT,
                                p ->
                                        p.text(alias.alias().value())
                                                .number(alias.room())
                                                .number(alias.creator())
                                                .number(alias.createdTs()))
                == 1;
    }

    @Override
    public boolean remove(WriteTransaction tx, StoredAlias alias) {
        return JdbcTransaction.of(tx)
                        .sql()
                        .update(
                                DELETE,
                                p ->
                                        p.text(alias.alias().value())
                                                .number(alias.room())
                                                .number(alias.creator()))
                == 1;
    }

    @Override
    public Optional<StoredAlias> find(RoomAlias alias) {
        return reads.first(FIND, p -> p.text(alias.value()), JdbcAliasStore::alias);
    }

    @Override
    public List<StoredAlias> ofRoom(int room, int limit) {
        return reads.list(OF_ROOM, p -> p.number(room).number(limit), JdbcAliasStore::alias);
    }

    private static StoredAlias alias(Row row) throws SQLException {
        return new StoredAlias(
                new RoomAlias(row.text()), row.integer(), row.integer(), row.number());
    }
}
