package chat.hearth.storage.jdbc;

/// What keeps a database in shape beside the writer, until it is closed.
@FunctionalInterface
interface Upkeep extends AutoCloseable {
    @Override
    void close();
}
