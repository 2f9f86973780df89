package chat.hearth.testkit.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Fresh databases for tests. The PostgreSQL server is real; it starts when first asked for, is
/// shared by the JVM's tests and ends after the last of them.
public final class TestDatabases {
    /// A busy machine takes its time.
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final AtomicReference<@Nullable EmbeddedPostgres> RUNNING =
            new AtomicReference<>();

    private TestDatabases() {}

    /// A file for a new SQLite database.
    ///
    /// @param directory where to put it, such as one that JUnit removes
    public static Path sqlite(Path directory) {
        return directory.resolve("hearth-" + COUNT.incrementAndGet() + ".db");
    }

    /// A new, empty PostgreSQL database.
    public static PostgresDatabase postgres() {
        EmbeddedPostgres server = Server.INSTANCE;
        String name = "hearth_" + COUNT.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The test's database could not be created", e);
        }
        return new PostgresDatabase(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "");
    }

    /// Where a PostgreSQL database is.
    ///
    /// @param url JDBC URL
    /// @param user the role
    /// @param password empty, as the server trusts local roles
    public record PostgresDatabase(String url, String user, String password) {}

    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server =
                        EmbeddedPostgres.builder()
                                .setPGStartupWait(START_LIMIT)
                                .setServerConfig("max_connections", "200")
                                .setServerConfig("shared_buffers", "64MB")
                                .start();
                RUNNING.set(server);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }

    /// Stops PostgreSQL, if it has been started, and deletes its data.
    static void stopServer() {
        EmbeddedPostgres server = RUNNING.getAndSet(null);
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }
}
