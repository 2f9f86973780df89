package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.sql.SQLException;
import java.util.function.Function;

/// Readers that let nothing more be written once a read shows that the database is damaged.
final class WatchedReaders implements ReaderPool {
    private final ReaderPool readers;
    private final SqlDialect dialect;
    private final Fence fence;

    WatchedReaders(ReaderPool readers, SqlDialect dialect, Fence fence) {
        this.readers = readers;
        this.dialect = dialect;
        this.fence = fence;
    }

    @Override
    public <R> R run(boolean snapshot, Function<SqlConnection, R> query) {
        try {
            return readers.run(snapshot, query);
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
