package chat.hearth.acceptance.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A real PostgreSQL on loopback whose postmaster can be killed and started again on the same data.
/// Durable: the settings that the embedded server turns off for speed are turned on again.
public final class PostgresServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(50);

    private final Path data;
    private final int port = LoopbackPort.free();
    private EmbeddedPostgres postgres;

    private PostgresServer(Path data) throws IOException {
        this.data = data;
        this.postgres = launch();
    }

    /// Makes a new database cluster in `data` and starts it.
    public static PostgresServer start(Path data) {
        try {
            Files.createDirectories(data);
            return new PostgresServer(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // Kept when closed: restarting on the same data is what this class is for.
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /// The database's URL as the server's configuration takes it.
    public String url() {
        return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
    }

    /// Kills the postmaster with signal 9. Its backends notice and end by themselves.
    public void kill() {
        long pid = Long.parseLong(readPidFile().getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        backends.forEach(backend -> backend.onExit().join());
    }

    private List<String> readPidFile() {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a killed server again on the same data and waits until it takes connections.
    public void restart() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                postgres.close();
                postgres = launch();
                return;
            } catch (IOException | IllegalStateException stillRecovering) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "PostgreSQL did not start again", stillRecovering);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
