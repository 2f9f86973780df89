package chat.hearth.storage.jdbc;

import chat.hearth.storage.Change;
import chat.hearth.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One transaction of the writer, shared by the writes of a batch.
final class JdbcTransaction implements WriteTransaction {
    private final SqlConnection connection;
    private final StreamHead head;
    private final List<Change> changes = new ArrayList<>();
    private final Set<TransactionEnd> listeners = new LinkedHashSet<>();
    private boolean ended;

    JdbcTransaction(SqlConnection connection, StreamHead head) {
        this.connection = connection;
        this.head = head;
    }

    /// The transaction behind the interface that stores are handed.
    ///
    /// @throws IllegalStateException when it has ended
    static JdbcTransaction of(WriteTransaction tx) {
        if (tx instanceof JdbcTransaction own && !own.ended) {
            return own;
        }
        throw new IllegalStateException("A store was called outside of the write");
    }

    @Override
    public long nextPosition() {
        requireRunning();
        return head.next(StreamHead.Counter.POSITION);
    }

    @Override
    public void announce(Change change) {
        requireRunning();
        changes.add(change);
    }

    SqlConnection sql() {
        return connection;
    }

    StreamHead head() {
        return head;
    }

    void onEnd(TransactionEnd listener) {
        listeners.add(listener);
    }

    /// Sends what is left to send, so that the commit is all that is missing.
    void complete() {
        head.save(connection);
        connection.flush();
    }

    void end(boolean durable) {
        ended = true;
        listeners.forEach(listener -> listener.ended(durable));
    }

    /// What was announced, in the order of positions.
    List<Change> changes() {
        changes.sort(Comparator.comparingLong(Change::position));
        return List.copyOf(changes);
    }

    private void requireRunning() {
        if (ended) {
            throw new IllegalStateException("The write is over");
        }
    }
}
