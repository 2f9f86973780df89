package chat.hearth.acceptance.clients;

import chat.hearth.acceptance.server.LoopbackPort;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A proxy before the server that holds every answer against the schema of its operation. It lives
/// outside of the repository: a lone clone runs without it.
final class SpecProxy implements AutoCloseable {

    private static final String SHARED_VARIABLE = "HEARTH_TEST_SHARED";
    private static final String SHARED_DEFAULT = "../../shared";
    private static final Pattern SUMMARY =
            Pattern.compile("\\d+ of (\\d+) responses violate the spec");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

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

    /// The answers that broke their schema so far, one JSON object a line.
    String violations() throws IOException {
        return Files.readString(report);
    }

    /// Ends the proxy, which then says how much it has seen.
    ///
    /// @return how many answers were held against what the specification says of them
    int end() throws IOException {
        close();
        String printed = Files.readString(log);
        return SUMMARY.matcher(printed)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the proxy said only: " + printed));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
