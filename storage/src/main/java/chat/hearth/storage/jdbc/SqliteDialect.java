package chat.hearth.storage.jdbc;

import chat.hearth.migrations.DatabaseKind;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.VitalWork;
import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite in a file of its own, with a write-ahead log that is synced at every commit.
final class SqliteDialect implements SqlDialect {
    /// Small, since a commit logs whole pages, and a batch of sends touches one page per room and
    /// one per event id in the indexes; set before the first table.
    private static final int PAGE_BYTES = 4_096;

    /// The log is written back by [SqliteUpkeep]; the writer helps only beyond this, 64 MiB.
    private static final int AUTOCHECKPOINT_PAGES = 16_384;

    private static final int BUSY_MILLIS = 10_000;

    /// [Result codes](https://sqlite.org/rescode.html) that have more precise forms.
    private static final int IOERR = 10;

    private static final int CORRUPT = 11;
    private static final int NOTADB = 26;

    private static final List<String> WRITER_PRAGMAS =
            List.of(
                    "PRAGMA page_size = " + PAGE_BYTES,
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA cache_size = -32768",
                    "PRAGMA mmap_size = 268435456",
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA busy_timeout = " + BUSY_MILLIS,
                    "PRAGMA journal_size_limit = 67108864",
                    "PRAGMA wal_autocheckpoint = " + AUTOCHECKPOINT_PAGES);

    private static final List<String> READER_PRAGMAS =
            List.of(
                    "PRAGMA query_only = ON",
                    "PRAGMA cache_size = -8192",
                    "PRAGMA mmap_size = 268435456",
                    "PRAGMA temp_store = MEMORY",
                    "PRAGMA busy_timeout = " + BUSY_MILLIS);

    private final DatabaseConfig.Sqlite config;

    SqliteDialect(DatabaseConfig.Sqlite config) {
        this.config = config;
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.SQLITE;
    }

    /// Makes the file, whose page size cannot change later. A clean stop empties the log, so one
    /// with anything in it belongs to a stop that was none.
    @Override
    public void prepare(WriterRole role) {
        boolean unclean = role == WriterRole.SERVER && log().length() > 0;
        try (Connection connection = openWriter(role)) {
            execute(connection, "PRAGMA user_version");
            if (unclean) {
                var _ = SqliteCheck.run(connection, config.file(), SqliteCheck.TIME_MAX);
            }
        } catch (SQLException e) {
            throw new StorageException("The file " + config.file() + " cannot be opened", e);
        }
    }

    @Override
    public DataSource migrations() {
        var source = new SQLiteDataSource();
        source.setUrl(url());
        return source;
    }

    /// The file's directory is kept to one server by a lock of its own.
    @Override
    public Connection openWriter(WriterRole role) throws SQLException {
        return open(WRITER_PRAGMAS);
    }

    @Override
    public ReaderPool openReaders(StorageMetrics metrics, Availability availability) {
        return SqliteReaderPool.open(
                config.readers(),
                () -> new SqlConnection(openReader(), metrics::readerExecuted, this));
    }

    @Override
    public Upkeep startUpkeep(StorageMetrics metrics, Fence fence, VitalWork vital) {
        return SqliteUpkeep.start(this, metrics, fence, vital);
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    @Override
    public Sql lockHead() {
        return StreamHead.READ;
    }

    @Override
    public String byIndex(String index) {
        return " INDEXED BY " + index;
    }

    /// The sign keeps SQLite from putting the value into the `ORDER BY`, for which no index is then
    /// good enough.
    @Override
    public String isExactly(String value) {
        return "= +" + value;
    }

    @Override
    public String wantedTable() {
        return "json_each(?) AS wanted";
    }

    @Override
    public String inWanted() {
        return " IN (SELECT value FROM json_each(?))";
    }

    /// In a cross join, SQLite takes the tables in the order in which they stand. A mere condition
    /// is up to its estimates.
    @Override
    public String eachWanted() {
        return "json_each(?) AS wanted CROSS JOIN ";
    }

    @Override
    public String isEachWanted() {
        return " = wanted.value";
    }

    @Override
    public String inRows() {
        return " IN (";
    }

    @Override
    public String endOfRows() {
        return ")";
    }

    @Override
    public void bindNumbers(PreparedStatement statement, int index, long[] numbers)
            throws SQLException {
        var json = new StringBuilder(2 + 10 * numbers.length);
        char separator = '[';
        for (long number : numbers) {
            json.append(separator).append(number);
            separator = ',';
        }
        statement.setString(index, json.append(numbers.length == 0 ? "[]" : "]").toString());
    }

    @Override
    public boolean collectsInserts() {
        return false;
    }

    @Override
    public boolean isConflict(SQLException failure) {
        return failure instanceof SQLiteException e
                && (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
                        || e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT);
    }

    @Override
    public boolean isUnavailable(SQLException failure) {
        return failure instanceof SQLiteException e
                && e.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    }

    /// A file for shared memory that cannot grow is a full disk, and memory that ran out no disk's
    /// fault.
    @Override
    public Optional<String> damage(SQLException failure) {
        if (!(failure instanceof SQLiteException e)) {
            return Optional.empty();
        }
        return switch (e.getResultCode()) {
            case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC ->
                    Optional.of("The disk did not keep what was written");
            case SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_NOMEM -> Optional.empty();
            default ->
                    switch (e.getErrorCode()) {
                        case CORRUPT, NOTADB -> Optional.of("The database is damaged");
                        case IOERR -> Optional.of("The disk under the database failed");
                        default -> Optional.empty();
                    };
        };
    }

    @Override
    public boolean isSurelyUndone(SQLException commitFailure) {
        return isConflict(commitFailure)
                || isUnavailable(commitFailure)
                || damage(commitFailure).isPresent();
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private File log() {
        return new File(config.file() + "-wal");
    }

    private String url() {
        return "jdbc:sqlite:" + config.file().toAbsolutePath();
    }

    private Connection openReader() throws SQLException {
        return open(READER_PRAGMAS);
    }

    private Connection open(List<String> pragmas) throws SQLException {
        Connection connection = new SQLiteConfig().createConnection(url());
        try {
            for (String pragma : pragmas) {
                execute(connection, pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
