package chat.hearth.storage.jdbc;

import java.util.function.Function;

/// The few connections that only read. Thread safe.
interface ReaderPool extends AutoCloseable {
    /// Runs `query` on a free connection and waits for it; waits for one to be free before.
    ///
    /// @param snapshot whether all of its statements see the same moment
    /// @throws chat.hearth.storage.StorageException when the database failed or is closed
    <R> R run(boolean snapshot, Function<SqlConnection, R> query);

    @Override
    void close();
}
