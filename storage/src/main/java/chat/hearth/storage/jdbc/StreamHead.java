package chat.hearth.storage.jdbc;

import java.sql.SQLException;

/// The counters that numbers are taken from. One row holds them; whoever has locked it is the one
/// writer.
final class StreamHead {
    static final String COLUMNS =
            "position, state_nid, user_nid, room_nid, key_nid, type_nid, device_nid";

    static final Sql READ = Sql.of("SELECT " + COLUMNS + " FROM stream_head");
    static final Sql READ_AND_LOCK = Sql.of("SELECT " + COLUMNS + " FROM stream_head FOR UPDATE");
    private static final Sql SAVE =
            Sql.of(
                    "UPDATE stream_head SET position = ?, state_nid = ?, user_nid = ?,"
                            + " room_nid = ?, key_nid = ?, type_nid = ?, device_nid = ?");

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
    private boolean changed;

    private StreamHead(long[] last) {
        this.last = last;
    }

    static StreamHead of(Row row) throws SQLException {
        long[] last = new long[Counter.values().length];
        for (int i = 0; i < last.length; i++) {
            last[i] = row.number();
        }
        return new StreamHead(last);
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

    void save(SqlConnection connection) {
        if (changed) {
            connection.update(
                    SAVE,
                    p -> {
                        for (long value : last) {
                            p.number(value);
                        }
                    });
        }
    }
}
