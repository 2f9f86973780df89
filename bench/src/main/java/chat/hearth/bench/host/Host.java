package chat.hearth.bench.host;

import chat.hearth.acceptance.server.PostgresServer;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server of its own for one workload, with its database.
public final class Host implements AutoCloseable {

    /// Set by the launcher itself, which may be called from anywhere.
    private static final Path LAUNCHER =
            Path.of(System.getProperty("hearth.launcher", "hearth")).toAbsolutePath();

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final @Nullable PostgresServer postgres;
    private final ServerProcess server;

    private Host(Path directory, @Nullable PostgresServer postgres, ServerProcess server) {
        this.directory = directory;
        this.postgres = postgres;
        this.server = server;
    }

    /// Starts a server as `./hearth serve` does, with an empty database in `directory`.
    ///
    /// @param jvmOptions of the server
    public static Host start(Path directory, DatabaseKind database, List<String> jvmOptions) {
        PostgresServer postgres =
                switch (database) {
                    case SQLITE -> null;
                    case POSTGRESQL -> PostgresServer.start(directory.resolve("pg"));
                };
        ServerSettings settings =
                postgres == null
                        ? ServerSettings.sqlite(directory)
                        : ServerSettings.postgresql(directory, postgres.url());
        try {
            var server =
                    ServerProcess.start(settings.withJvmOptions(jvmOptions).launchedBy(LAUNCHER));
            return new Host(directory, postgres, server);
        } catch (RuntimeException failed) {
            if (postgres != null) {
                postgres.close();
            }
            throw failed;
        }
    }

    /// The server.
    public ServerProcess server() {
        return server;
    }

    /// Stops the server as a signal does and starts it on the same ports and data: nothing is in
    /// its memory, and no code is compiled.
    public void restart() throws InterruptedException {
        server.terminate(STOP_LIMIT);
        server.restart();
    }

    /// The PostgreSQL that the server uses, or null.
    public @Nullable PostgresServer postgres() {
        return postgres;
    }

    /// Where the server's data is.
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        server.close();
        if (postgres != null) {
            postgres.close();
        }
    }
}
