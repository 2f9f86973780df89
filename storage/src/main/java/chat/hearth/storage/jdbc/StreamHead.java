package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.sql.SQLException;

/// The counters that numbers are taken from. One row holds them; the writer that has locked it is
/// the only one.
///
/// PostgreSQL keeps what the row was before as long as any snapshot may ask for it, for hours while
/// a dump runs. So the row has a version that is counted up and indexed: the newest is found at the
/// end of the index, past none of the others.
final class StreamHead {
    private static final String NEWEST =
            "SELECT position, state_nid, user_nid, room_nid, key_nid, type_nid, device_nid, mark,"
                    + " version FROM stream_head ORDER BY version DESC LIMIT 1";

    static final Sql READ = Sql.of(NEWEST);
    static final Sql READ_AND_LOCK = Sql.of(NEWEST + " FOR UPDATE");
    private static final Sql SAVE =
            Sql.of(
                    "UPDATE stream_head SET position = ?, state_nid = ?, user_nid = ?,"
                            + " room_nid = ?, key_nid = ?, type_nid = ?, device_nid = ?, mark = ?,"
                            + " version = version + 1 WHERE version = ?");

    /// What is counted, in the order of the columns.
    enum Counter {
        POSITION(0),
        STATE(1),
        USER(2),
        ROOM(3),
        STATE_KEY(4),
        TYPE(5),
        DEVICE(6);

        private final int column;

        Counter(int column) {
            this.column = column;
        }
    }

    private final long[] last;
    private final long version;
    private long mark;
    private boolean changed;

    private StreamHead(long[] last, long mark, long version) {
        this.last = last;
        this.mark = mark;
        this.version = version;
    }

    static StreamHead of(Row row) throws SQLException {
        long[] last = new long[Counter.values().length];
        for (int i = 0; i < last.length; i++) {
            last[i] = row.number();
        }
        return new StreamHead(last, row.number(), row.number());
    }

    long next(Counter counter) {
        changed = true;
        return ++last[counter.column];
    }

    /// A number for an identifier.
    ///
    /// @throws ArithmeticException when two billion of its kind are used up
    int nextNid(Counter counter) {
        return Math.toIntExact(next(counter));
    }

    long position() {
        return last[Counter.POSITION.column];
    }

    /// What the last transaction of a server left, or this one leaves.
    long mark() {
        return mark;
    }

    /// Lets this transaction be known again.
    void leaveMark(long own) {
        mark = own;
        changed = true;
    }

    void save(SqlConnection connection) {
        if (!changed) {
            return;
        }
        int saved =
                connection.update(
                        SAVE,
                        p -> {
                            for (long value : last) {
                                p.number(value);
                            }
                            p.number(mark).number(version);
                        });
        if (saved != 1) {
            throw new StorageException("The head of the stream was changed by somebody else");
        }
    }
}
