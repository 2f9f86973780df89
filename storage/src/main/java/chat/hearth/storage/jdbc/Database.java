package chat.hearth.storage.jdbc;

import chat.hearth.migrations.Migrator;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.Journal;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.Stores;
import chat.hearth.storage.VitalWork;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/// An open database: its stores, its journal and its counters. Thread safe.
public final class Database implements AutoCloseable {
    private final Stores stores;
    private final GroupCommitJournal journal;
    private final ReadScopes scopes;
    private final ReaderPool readers;
    private final Upkeep upkeep;
    private final StorageMetrics metrics;
    private final Fence fence;
    private final VitalWork vital;

    private Database(
            Stores stores,
            GroupCommitJournal journal,
            ReadScopes scopes,
            ReaderPool readers,
            Upkeep upkeep,
            StorageMetrics metrics,
            Fence fence,
            VitalWork vital) {
        this.stores = stores;
        this.journal = journal;
        this.scopes = scopes;
        this.readers = readers;
        this.upkeep = upkeep;
        this.metrics = metrics;
        this.fence = fence;
        this.vital = vital;
    }

    /// Opens a database for a server, making its tables or bringing them up to date first.
    ///
    /// @param listener hears of every commit
    /// @param random gives numbers that no other server would choose
    /// @throws chat.hearth.storage.DatabaseUnavailableException when it cannot be reached, or
    ///   another server runs on it
    /// @throws StorageException when it cannot be opened
    /// @throws chat.hearth.migrations.SchemaException when its tables cannot be brought up to date
    public static Database open(
            DatabaseConfig config, CommitListener listener, RandomGenerator random) {
        SqlDialect dialect = dialect(config);
        var metrics = new StorageMetrics();
        var fence = new Fence();
        var session = new WriterSession(dialect, WriterRole.SERVER, metrics, random, fence);
        return open(dialect, session, metrics, config.queueCapacity(), listener, fence);
    }

    /// Opens a database for a command that makes a change whether or not a server runs on it.
    ///
    /// @throws StorageException when it cannot be opened
    /// @throws chat.hearth.migrations.SchemaException when its tables cannot be brought up to date
    public static Database openBeside(DatabaseConfig config) {
        SqlDialect dialect = dialect(config);
        var metrics = new StorageMetrics();
        // A visitor leaves no mark.
        var fence = new Fence();
        var session = new WriterSession(dialect, WriterRole.VISITOR, metrics, () -> 0, fence);
        return open(dialect, session, metrics, config.queueCapacity(), _ -> {}, fence);
    }

    private static SqlDialect dialect(DatabaseConfig config) {
        return switch (config) {
            case DatabaseConfig.Sqlite sqlite -> new SqliteDialect(sqlite);
            case DatabaseConfig.Postgres postgres -> new PostgresDialect(postgres);
        };
    }

    private static Database open(
            SqlDialect dialect,
            WriterSession session,
            StorageMetrics metrics,
            int queueCapacity,
            CommitListener listener,
            Fence fence) {
        var availability = new Availability();
        var vital = new VitalWork(fence::raise);
        dialect.prepare(session.role());
        connect(session, dialect);
        ReaderPool readers = null;
        try {
            Migrator.bringUpToDate(dialect.kind(), dialect.migrations());
            readers =
                    new WatchedReaders(
                            dialect.openReaders(metrics, availability), dialect, metrics, fence);
            var scopes = new ReadScopes();
            var sessions = new Sessions(readers, scopes, metrics.statements());
            var writer =
                    new Writer(dialect, session, sessions, metrics, listener, availability, fence);
            writer.open();
            return new Database(
                    JdbcStores.over(sessions),
                    GroupCommitJournal.start(queueCapacity, writer, metrics, vital),
                    scopes,
                    readers,
                    dialect.startUpkeep(metrics, fence, vital),
                    metrics,
                    fence,
                    vital);
        } catch (RuntimeException e) {
            session.drop();
            if (readers != null) {
                readers.close();
            }
            throw e;
        }
    }

    /// Before anything else, as it keeps other servers out.
    private static void connect(WriterSession session, SqlDialect dialect) {
        try {
            session.open();
        } catch (SQLException e) {
            throw dialect.isUnavailable(e)
                    ? Availability.never(e)
                    : new StorageException("The database cannot be opened for writing", e);
        }
    }

    /// All stores.
    public Stores stores() {
        return stores;
    }

    /// Where callers say on whose behalf they read.
    public ReadScopes readScopes() {
        return scopes;
    }

    /// The one way to write.
    public Journal journal() {
        return journal;
    }

    /// Whether the database could be written to when that was last tried; a database that could not
    /// is tried again every second.
    public boolean isWritable() {
        return !journal.isCutOff() && !fence.isRaised();
    }

    /// Waits until nothing can be written any more until the database is opened again: it is
    /// damaged, the disk did not keep what it was given, somebody else has written, or a part that
    /// the server needs has failed.
    public void awaitFailure() throws InterruptedException {
        fence.await();
    }

    /// Runs what the server cannot do without: when that fails, nothing more is written.
    public VitalWork vital() {
        return vital;
    }

    /// Counters since this was opened.
    public StorageMetrics metrics() {
        return metrics;
    }

    /// Finishes the writes that wait, then ends all threads and connections. Reads that are under
    /// way or come later fail.
    @Override
    public void close() {
        journal.close();
        readers.close();
        upkeep.close();
    }
}
