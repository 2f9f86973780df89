package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StorageMetrics;
import java.sql.SQLException;
import java.util.function.Function;

/// Readers that let nothing more be written once a read shows that the database is damaged, and
/// count what is given up before it runs.
final class WatchedReaders implements ReaderPool {
    private final ReaderPool readers;
    private final SqlDialect dialect;
    private final StorageMetrics metrics;
    private final Fence fence;

    WatchedReaders(ReaderPool readers, SqlDialect dialect, StorageMetrics metrics, Fence fence) {
        this.readers = readers;
        this.dialect = dialect;
        this.metrics = metrics;
        this.fence = fence;
    }

    @Override
    public <R> R run(ReadContext context, boolean snapshot, Function<SqlConnection, R> query) {
        try {
            return readers.run(context, snapshot, query);
        } catch (ReadDroppedException dropped) {
            metrics.droppedReads(dropped.reason()).increment();
            throw dropped;
        } catch (StorageException e) {
            if (e.getCause() instanceof SQLException sql) {
                dialect.damage(sql).ifPresent(fence::raise);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
