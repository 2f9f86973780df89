package chat.hearth.storage.jdbc;

import chat.hearth.migrations.Migrator;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.Stores;

/// An open database: its stores, its journal and its counters. Thread safe.
public final class Database implements AutoCloseable {
    private final Stores stores;
    private final GroupCommitJournal journal;
    private final ReaderPool readers;
    private final Upkeep upkeep;
    private final StorageMetrics metrics;

    private Database(
            Stores stores,
            GroupCommitJournal journal,
            ReaderPool readers,
            Upkeep upkeep,
            StorageMetrics metrics) {
        this.stores = stores;
        this.journal = journal;
        this.readers = readers;
        this.upkeep = upkeep;
        this.metrics = metrics;
    }

    /// Opens a database, making its tables or bringing them up to date first.
    ///
    /// @param listener hears of every commit
    /// @throws StorageException when it cannot be opened
    /// @throws chat.hearth.migrations.SchemaException when its tables cannot be brought up to date
    public static Database open(DatabaseConfig config, CommitListener listener) {
        SqlDialect dialect =
                switch (config) {
                    case DatabaseConfig.Sqlite sqlite -> new SqliteDialect(sqlite);
                    case DatabaseConfig.Postgres postgres -> new PostgresDialect(postgres);
                };
        return open(dialect, config.queueCapacity(), listener);
    }

    static Database open(SqlDialect dialect, int queueCapacity, CommitListener listener) {
        var metrics = new StorageMetrics();
        dialect.prepare();
        Migrator.bringUpToDate(dialect.kind(), dialect.migrations());
        ReaderPool readers = dialect.openReaders(metrics);
        var sessions = new Sessions(readers);
        var writer = new Writer(dialect, sessions, metrics, listener);
        try {
            writer.open();
        } catch (StorageException e) {
            readers.close();
            throw e;
        }
        return new Database(
                JdbcStores.over(sessions),
                GroupCommitJournal.start(queueCapacity, writer, metrics),
                readers,
                dialect.startUpkeep(metrics),
                metrics);
    }

    /// All stores.
    public Stores stores() {
        return stores;
    }

    /// The one way to write.
    public Journal journal() {
        return journal;
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
