package chat.hearth.acceptance.clients;

import chat.hearth.acceptance.server.LoopbackPort;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A proxy before the server that holds every answer against the schema of its operation. It lives
/// outside of the repository: a lone clone runs without it.
final class SpecProxy implements AutoCloseable {

    private static final String SHARED_VARIABLE = "HEARTH_TEST_SHARED";
    private static final String SHARED_DEFAULT = "../../shared";
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) of (\\d+) responses violate the spec");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path report;
    private final Path log;
    private final int port = LoopbackPort.free();

    private SpecProxy(Path program, ClientTools tools, String upstream) throws IOException {
        this.report = tools.directory().resolve("violations.jsonl").toAbsolutePath();
        Files.deleteIfExists(report);
        this.log = tools.directory().resolve("spec-proxy.log");
        var builder =
                new ProcessBuilder(
                                tools.python().toString(),
                                program.toString(),
                                "--listen",
                                String.valueOf(port),
                                "--upstream",
                                upstream,
                                "--report",
                                report.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        // It ends without flushing what it has printed.
        builder.environment().put("PYTHONUNBUFFERED", "1");
        this.process = builder.start();
    }

    /// Starts the proxy where its program is there. It is looked for in the folder that the
    /// environment variable `HEARTH_TEST_SHARED` names, else beside the repository.
    static Optional<SpecProxy> start(ClientTools tools, String upstream)
            throws IOException, InterruptedException {
        String shared = System.getenv().getOrDefault(SHARED_VARIABLE, SHARED_DEFAULT);
        Path program = Path.of(shared, "tools", "spec-proxy").toAbsolutePath().normalize();
        if (!Files.isRegularFile(program)) {
            return Optional.empty();
        }
        var proxy = new SpecProxy(program, tools, upstream);
        proxy.awaitReady();
        return Optional.of(proxy);
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the proxy does not answer, see its log");
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private boolean answers() {
        try (var connection = Connection.open(port)) {
            return connection.get("/_matrix/client/versions").ok();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// What an ended proxy has seen.
    ///
    /// @param checked how many answers were held against what the specification says of them
    /// @param broken how many of them broke their schema
    /// @param violations those, one JSON object a line
    record Report(int checked, int broken, String violations) {}

    /// Ends the proxy, and only then reads what it has found: it checks an answer after it has
    /// passed it on. Whoever speaks through it should have gone.
    Report end() throws IOException {
        close();
        String printed = Files.readString(log);
        MatchResult summary =
                SUMMARY.matcher(printed)
                        .results()
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("the proxy said only: " + printed));
        return new Report(
                Integer.parseInt(summary.group(2)),
                Integer.parseInt(summary.group(1)),
                Files.readString(report));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
