package chat.hearth.storage.jdbc;

import chat.hearth.storage.Change;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.Stores;
import chat.hearth.testkit.db.TestDatabases;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A database under test, which remembers what it announced and can be opened again.
final class OpenDatabase implements AutoCloseable {
    private final DatabaseConfig config;
    private final List<Change> announced = new CopyOnWriteArrayList<>();
    private Consumer<List<Change>> listener = changes -> {};
    private Database database;

    private OpenDatabase(DatabaseConfig config) {
        this.config = config;
        this.database = Database.open(config, this::hear, new SecureRandom());
    }

    static OpenDatabase sqlite(Path directory) {
        return new OpenDatabase(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(directory)));
    }

    static OpenDatabase sqlite(Path directory, int queueCapacity) {
        return new OpenDatabase(
                new DatabaseConfig.Sqlite(TestDatabases.sqlite(directory), 2, queueCapacity));
    }

    static OpenDatabase postgres() {
        return postgres(DatabaseConfig.QUEUE_DEFAULT);
    }

    static OpenDatabase postgres(int queueCapacity) {
        TestDatabases.PostgresDatabase fresh = TestDatabases.postgres();
        return new OpenDatabase(
                new DatabaseConfig.Postgres(
                        fresh.url(), fresh.user(), fresh.password(), 4, queueCapacity));
    }

    void reopen() {
        database.close();
        database = Database.open(config, this::hear, new SecureRandom());
    }

    void listen(Consumer<List<Change>> next) {
        listener = next;
    }

    List<Change> announced() {
        return announced;
    }

    Database database() {
        return database;
    }

    Stores stores() {
        return database.stores();
    }

    <R> R write(chat.hearth.storage.Write<R> write) {
        return database.journal().write(write);
    }

    @Override
    public void close() {
        database.close();
    }

    private void hear(List<Change> changes) {
        announced.addAll(changes);
        listener.accept(changes);
    }
}
