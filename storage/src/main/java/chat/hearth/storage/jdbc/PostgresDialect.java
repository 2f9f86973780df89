package chat.hearth.storage.jdbc;

import chat.hearth.migrations.DatabaseKind;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StorageMetrics;
import chat.hearth.storage.VitalWork;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// PostgreSQL. The writer's inserts are collected and rewritten into inserts of many rows.
final class PostgresDialect implements SqlDialect {
    /// Every query here goes by an index, and so does every join, row by row. A plan made while a
    /// table was small would read the whole table, and stay when the table has grown.
    private static final String BY_INDEX =
            "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    /// A statement that takes longer has lost its server; so no request waits longer for it.
    private static final int SOCKET_SECONDS = 10;

    /// Scripts that make tables may take their time.
    private static final int SCRIPT_SECONDS = 0;

    private static final int CONNECT_SECONDS = 4;

    /// So long a reader waits for a connection to be free, or to be made.
    private static final Duration READER_WAIT = Duration.ofSeconds(5);

    /// PostgreSQL notices within half a minute that a writer is gone without a word, and frees what
    /// it has locked.
    private static final String NOTICED =
            " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

    /// Serialization failure, deadlock, and a commit of what had failed: nothing is stored.
    private static final Set<String> UNDONE_STATES = Set.of("40001", "40P01", "25P02");

    private static final Set<String> CONFLICT_STATES = Set.of("40001", "40P01");

    /// Shutdown of the server, and not yet up.
    private static final Set<String> DOWN_STATES = Set.of("57P01", "57P02", "57P03");

    /// Damaged data, a damaged index, a failed disk, and a file that should be there and is not.
    private static final Set<String> DAMAGE_STATES = Set.of("XX001", "XX002", "58030", "58P01");

    /// Where no statement is needed to know that the connection is gone.
    private static final String CONNECTION_CLASS = "08";

    /// Too many connections, or no room on the disk.
    private static final String RESOURCES_CLASS = "53";

    private final DatabaseConfig.Postgres config;
    private final WriterLock lock = new WriterLock();

    PostgresDialect(DatabaseConfig.Postgres config) {
        this.config = config;
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public void prepare(WriterRole role) {
        // The server has everything ready.
    }

    @Override
    public DataSource migrations() {
        PGSimpleDataSource source = source();
        source.setSocketTimeout(SCRIPT_SECONDS);
        return source;
    }

    @Override
    public Connection openWriter(WriterRole role) throws SQLException {
        PGSimpleDataSource source = source();
        source.setReWriteBatchedInserts(true);
        source.setOptions(BY_INDEX + NOTICED);
        Connection connection = source.getConnection();
        try {
            if (role == WriterRole.SERVER) {
                lock.take(connection);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public ReaderPool openReaders(StorageMetrics metrics, Availability availability) {
        var settings = new HikariConfig();
        settings.setDataSource(source());
        settings.setPoolName("hearth-readers");
        settings.setMaximumPoolSize(config.readers());
        settings.setMinimumIdle(1);
        settings.setReadOnly(true);
        settings.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        settings.setInitializationFailTimeout(-1);
        settings.setConnectionTimeout(READER_WAIT.toMillis());
        settings.setValidationTimeout(READER_WAIT.toMillis() / 2);
        return new PostgresReaderPool(new HikariDataSource(settings), this, metrics, availability);
    }

    @Override
    public Upkeep startUpkeep(StorageMetrics metrics, Fence fence, VitalWork vital) {
        return () -> {};
    }

    @Override
    public void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public Sql lockHead() {
        return StreamHead.READ_AND_LOCK;
    }

    @Override
    public String wantedTable() {
        return "unnest(CAST(? AS bigint[])) AS wanted (value)";
    }

    @Override
    public String inWanted() {
        return " = ANY (CAST(? AS bigint[]))";
    }

    @Override
    public void bindNumbers(PreparedStatement statement, int index, long[] numbers)
            throws SQLException {
        statement.setObject(index, numbers);
    }

    @Override
    public boolean collectsInserts() {
        return true;
    }

    @Override
    public boolean isConflict(SQLException failure) {
        return CONFLICT_STATES.contains(state(failure));
    }

    @Override
    public boolean isUnavailable(SQLException failure) {
        String state = state(failure);
        return DOWN_STATES.contains(state)
                || state.startsWith(RESOURCES_CLASS)
                || state.startsWith(CONNECTION_CLASS);
    }

    /// After a failed sync PostgreSQL itself ends and recovers.
    @Override
    public Optional<String> damage(SQLException failure) {
        return DAMAGE_STATES.contains(state(failure))
                ? Optional.of("PostgreSQL says that its data are damaged, or its disk failed")
                : Optional.empty();
    }

    @Override
    public boolean isSurelyUndone(SQLException commitFailure) {
        return UNDONE_STATES.contains(state(commitFailure));
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        source.setUrl(config.url());
        source.setUser(config.user());
        source.setPassword(config.password());
        source.setApplicationName("hearth");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setPrepareThreshold(1);
        source.setOptions(BY_INDEX);
        source.setLogServerErrorDetail(false);
        return source;
    }
}
