package chat.hearth.storage.jdbc;

import chat.hearth.storage.StoredEvent;

/// One row per thread, with the running number of its events that count as unread.
final class ThreadRows {
    private static final Sql ADVANCE =
            Sql.of(
                    "INSERT INTO threads (room_nid, root, last_position, notifying)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT (root) DO UPDATE SET"
                            + " last_position = excluded.last_position,"
                            + " notifying = threads.notifying + excluded.notifying"
                            + " RETURNING notifying");

    private ThreadRows() {}

    /// Counts an event in its thread, and answers the thread's running number then; 0 for an event
    /// in no thread.
    static long advance(JdbcTransaction tx, StoredEvent event) {
        if (event.thread() == 0) {
            return 0;
        }
        return tx.sql()
                .first(
                        ADVANCE,
                        p ->
                                p.number(event.room())
                                        .number(event.thread())
                                        .number(event.position())
                                        .number(event.notifies() ? 1 : 0),
                        Row::number)
                .orElseThrow();
    }
}
