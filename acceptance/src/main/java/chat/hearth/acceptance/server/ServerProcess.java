package chat.hearth.acceptance.server;

import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real server in a process of its own. It is killed when closed, and when the JVM that started
/// it ends, so that no test leaves one behind.
///
/// Not safe for use by several threads, except [#kill()], which any thread may call.
public final class ServerProcess implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(5);
    private static final Duration PROBE_PAUSE = Duration.ofMillis(10);

    private static final String OPTION_PREFIX = "HEARTH_";
    private static final String LIVENESS = "/_matrix/client/versions";

    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final int opsPort;
    private final Thread cleanup = new Thread(this::killQuietly, "server-cleanup");
    private volatile Process process;
    private Duration startTime = Duration.ZERO;

    private ServerProcess(ServerSettings settings) {
        this.port = LoopbackPort.free();
        this.opsPort = LoopbackPort.free();
        this.log = settings.directory().resolve("server.log");
        this.environment = settings.variables();
        this.command = settings.command(settings.writeConfig(port, opsPort));
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(cleanup);
    }

    /// Starts a server and waits for its first answer.
    ///
    /// @throws IllegalStateException with the server's log when it ends or does not answer within
    ///   five minutes
    public static ServerProcess start(ServerSettings settings) {
        var server = new ServerProcess(settings);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private Process launch() {
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The server reads options from its environment; the caller's are not meant for it.
        builder.environment().keySet().removeIf(name -> name.startsWith(OPTION_PREFIX));
        builder.environment().putAll(environment);
        try {
            if (!Files.exists(log)) {
                ServerSettings.keepPrivate(Files.createFile(log));
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long started = System.nanoTime();
        while (!answers()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            if (!process.isAlive() || waited.compareTo(READY_LIMIT) > 0) {
                throw new IllegalStateException(
                        "the server gave no answer in " + waited.toMillis() + " ms:\n" + log());
            }
            pause();
        }
        startTime = Duration.ofNanos(System.nanoTime() - started);
    }

    private boolean answers() {
        try (var connection = Connection.open(port)) {
            return connection.get(LIVENESS).ok();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PROBE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
    }

    /// The port of the client-server API, the same after a restart.
    public int port() {
        return port;
    }

    /// The port of the operations listener, the same after a restart.
    public int opsPort() {
        return opsPort;
    }

    /// The base URL of the client-server API.
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// The process id of the server's JVM as started last.
    public long pid() {
        return process.pid();
    }

    /// From the start of the process to its first answer, as started last.
    public Duration startTime() {
        return startTime;
    }

    /// Kills the process with signal 9, its children too, and waits until it is gone.
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server was killed", e);
        }
    }

    /// Starts a killed server again on the same ports and data, and waits for its first answer.
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("the server still runs");
        }
        process = launch();
        awaitReady();
    }

    /// Ends the server by SIGTERM.
    ///
    /// @return its exit code
    /// @throws IllegalStateException when it still runs after `limit`
    public int terminate(Duration limit) throws InterruptedException {
        process.destroy();
        return awaitEnd(limit);
    }

    /// Waits until the server has ended.
    ///
    /// @return its exit code
    /// @throws IllegalStateException when it still runs after `limit`
    public int awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the server still runs after " + limit);
        }
        return process.exitValue();
    }

    /// Everything that the server has printed, over all its starts.
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killQuietly() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(cleanup);
    }
}
