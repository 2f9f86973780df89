package chat.hearth.storage.jdbc;

import chat.hearth.migrations.DatabaseKind;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.VitalWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// The whole difference between the two databases, as far as it is not in the scripts that make the
/// tables. Thread safe.
sealed interface SqlDialect permits SqliteDialect, PostgresDialect {
    /// Which scripts make the tables.
    DatabaseKind kind();

    /// Does what must come before the first table.
    ///
    /// @param role whether a server starts, which looks for damage after a stop that was no clean
    ///   one
    /// @throws chat.hearth.storage.StorageException when the database cannot be opened, or is
    ///   damaged
    void prepare(WriterRole role);

    /// Connections for the scripts that make the tables.
    DataSource migrations();

    /// Opens a connection for the writer, in autocommit mode. As long as a server's is open, no
    /// other server gets one where databases can be shared.
    ///
    /// @throws chat.hearth.storage.DatabaseUnavailableException when another server has it
    Connection openWriter(WriterRole role) throws SQLException;

    /// Opens the connections that read.
    ReaderPool openReaders(StorageMetrics metrics, Availability availability);

    /// Starts what keeps the database in shape beside the writer.
    Upkeep startUpkeep(StorageMetrics metrics, Fence fence, VitalWork vital);

    /// Starts the writer's transaction.
    void begin(Connection connection) throws SQLException;

    /// Makes the writer's transaction durable.
    void commit(Connection connection) throws SQLException;

    /// Undoes the writer's transaction.
    void rollback(Connection connection) throws SQLException;

    /// Reads the head of the stream and keeps every other writer out until the transaction ends.
    Sql lockHead();

    /// [Wanted#TABLE], with the list as its one parameter.
    String wantedTable();

    /// [Wanted#IN_LIST], with the list as its one parameter.
    String inWanted();

    /// Gives a statement a [Wanted] list.
    void bindNumbers(PreparedStatement statement, int index, long[] numbers) throws SQLException;

    /// Whether inserts should be collected and sent together.
    boolean collectsInserts();

    /// Whether the transaction was undone because of another, so that it may be tried again.
    boolean isConflict(SQLException failure);

    /// Whether the database cannot be used now: the connection was lost or could not be made, or
    /// the disk is full.
    boolean isUnavailable(SQLException failure);

    /// What a failure says about the database itself: that the disk did not keep or give what it
    /// should, or that what is stored makes no sense. What can be read then need not be what is
    /// stored, until the database is opened again.
    ///
    /// @return a sentence for operators, empty when the failure says no such thing
    Optional<String> damage(SQLException failure);

    /// Whether a failed commit has surely stored nothing.
    boolean isSurelyUndone(SQLException commitFailure);
}
