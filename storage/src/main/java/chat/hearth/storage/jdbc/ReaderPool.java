package chat.hearth.storage.jdbc;

import chat.hearth.storage.ReadContext;
import java.util.function.Function;

/// The few connections that only read. Thread safe.
interface ReaderPool extends AutoCloseable {
    /// Runs `query` on a free connection and waits for it; waits for one to be free before.
    ///
    /// @param context on whose behalf
    /// @param snapshot whether all of its statements see the same moment
    /// @throws chat.hearth.storage.ReadDroppedException when its turn did not come in time, or
    ///   nobody waits for it any more
    /// @throws chat.hearth.storage.StorageException when the database failed or is closed
    <R> R run(ReadContext context, boolean snapshot, Function<SqlConnection, R> query);

    @Override
    void close();
}
