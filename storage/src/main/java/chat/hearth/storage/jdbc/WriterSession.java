package chat.hearth.storage.jdbc;

import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The one connection that writes. Belongs to the journal's thread.
///
/// Every transaction of a server leaves a *mark* in the head of the stream, a number that nobody
/// else would choose. The next one finds it there. So a server that lost the connection during a
/// commit learns whether the commit took place; and one that was cut off for longer learns whether
/// another server has written since, after which nothing that it has in memory can be trusted.
final class WriterSession implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WriterSession.class.getName());

    private final SqlDialect dialect;
    private final WriterRole role;
    private final StorageMetrics metrics;
    private final RandomGenerator random;
    private final Fence fence;
    private @Nullable SqlConnection connection;

    /// What the last transaction left that is known to be durable.
    private long lastMark;

    /// The transaction of which nobody could tell yet whether it is durable.
    private @Nullable JdbcTransaction undecided;

    WriterSession(
            SqlDialect dialect,
            WriterRole role,
            StorageMetrics metrics,
            RandomGenerator random,
            Fence fence) {
        this.dialect = dialect;
        this.role = role;
        this.metrics = metrics;
        this.random = random;
        this.fence = fence;
    }

    /// A transaction that has begun.
    ///
    /// @param storedAfterAll whether a transaction that was given up as undecided turned out to be
    ///   durable
    record Begun(JdbcTransaction tx, boolean storedAfterAll) {}

    /// For whom it writes.
    WriterRole role() {
        return role;
    }

    /// Connects, which keeps other servers out.
    void open() throws SQLException {
        var _ = connect();
    }

    /// Reads where the stream stands, and takes it from there.
    StreamHead resume() throws SQLException {
        StreamHead head = head(connect(), StreamHead.READ);
        lastMark = head.mark();
        return head;
    }

    /// Begins a transaction.
    Begun begin() throws SQLException {
        StreamHead head = lockHead();
        boolean stored = settle(head);
        if (leavesMarks()) {
            head.leaveMark(random.nextLong());
        }
        return new Begun(new JdbcTransaction(connect(), head), stored);
    }

    /// Remembers what a committed transaction has left.
    void committed(JdbcTransaction tx) {
        lastMark = tx.head().mark();
    }

    /// Whether this writer's transactions can be told from others'.
    boolean leavesMarks() {
        return role == WriterRole.SERVER;
    }

    /// Whether a transaction whose commit failed was stored after all. The database holds the head
    /// until it has decided, so this waits for it.
    boolean isStored(JdbcTransaction tx) throws SQLException {
        StreamHead head = lockHead();
        boolean stored = isMarkOf(tx, head);
        rollback();
        return stored;
    }

    /// Leaves it to the next transaction to find out whether this one was stored.
    void leaveUndecided(JdbcTransaction tx) {
        undecided = tx;
    }

    /// Undoes the transaction.
    void rollback() throws SQLException {
        SqlConnection sql = connect();
        sql.forget();
        dialect.rollback(sql.jdbc());
    }

    /// Gives the connection up; the next transaction gets another.
    void drop() {
        SqlConnection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            broken.close();
        } catch (StorageException e) {
            LOG.log(Level.DEBUG, "A broken connection did not close cleanly", e);
        }
    }

    @Override
    public void close() {
        SqlConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private StreamHead lockHead() throws SQLException {
        fence.pass();
        SqlConnection sql = connect();
        dialect.begin(sql.jdbc());
        return head(sql, dialect.lockHead());
    }

    private boolean settle(StreamHead head) throws SQLException {
        JdbcTransaction open = undecided;
        if (open != null) {
            boolean stored = isMarkOf(open, head);
            undecided = null;
            open.end(stored);
            return stored;
        }
        if (leavesMarks() && head.mark() != lastMark) {
            throw overtaken();
        }
        return false;
    }

    private boolean isMarkOf(JdbcTransaction tx, StreamHead head) throws SQLException {
        if (head.mark() == tx.head().mark()) {
            lastMark = head.mark();
            return true;
        }
        if (head.mark() != lastMark) {
            throw overtaken();
        }
        return false;
    }

    private DatabaseUnavailableException overtaken() throws SQLException {
        rollback();
        return fence.raise(
                "Another server has written to the database, or a backup was restored under this"
                        + " one");
    }

    private static StreamHead head(SqlConnection sql, Sql query) {
        return sql.first(query, Binding.NONE, StreamHead::of)
                .orElseThrow(() -> new StorageException("The head of the stream is missing"));
    }

    private SqlConnection connect() throws SQLException {
        SqlConnection open = connection;
        if (open == null) {
            open = new SqlConnection(dialect.openWriter(role), metrics.writerStatements(), dialect);
            connection = open;
        }
        return open;
    }
}
