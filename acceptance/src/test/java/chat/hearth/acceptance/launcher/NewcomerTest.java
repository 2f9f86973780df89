package chat.hearth.acceptance.launcher;

import static chat.hearth.acceptance.wire.Account.V3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.LoopbackPort;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.acceptance.wire.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./hearth serve` with no configuration at all, from its first line to its end by SIGTERM.
@Timeout(900)
final class NewcomerTest {

    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_MAX = Duration.ofMinutes(2);

    private static final String UNSEEN = "set_presence=offline";

    private final int clients = LoopbackPort.free();
    private final int operators = LoopbackPort.free();

    @TempDir private Path folder = Path.of("unset");

    @Test
    void aServerThatIsToldToStopAnswersItsLongPollsAndEndsCleanly()
            throws IOException, InterruptedException {
        Path project = Path.of("..").toAbsolutePath().normalize();
        Checkout checkout =
                Checkout.in(folder, project)
                        .with("HEARTH_LISTENERS_CLIENT_PORT", Integer.toString(clients))
                        .with("HEARTH_LISTENERS_OPS_PORT", Integer.toString(operators))
                        .with("HEARTH_PASSWORD_HASH_MEMORY_KIB", "8")
                        .with("HEARTH_SYNC_WAIT_MAX", "5m");
        Process server = checkout.start("./hearth", "serve");
        try {
            String first = "The first account: ./hearth user create NAME --admin";
            await(START_MAX, server, () -> read(checkout).contains(first));
            String told = checkout.printed();
            assertTrue(told.contains("for clients    http://127.0.0.1:" + clients), told);
            assertTrue(told.contains("for operators  http://127.0.0.1:" + operators), told);
            assertTrue(Files.exists(checkout.file("data/hearth.db")), "data goes to ./data");

            try (Connection browser = Connection.open(clients)) {
                String address = "http://localhost:" + clients;
                assertTrue(browser.get("/").text().contains("<code>" + address + "</code>"));
                Answer found = browser.get("/.well-known/matrix/client");
                assertTrue(found.expectOk("well-known").toString().contains(address));
            }

            FutureTask<Answer> poll = pollForFiveMinutes();
            await(START_MAX, server, this::isWaiting);
            long stopped = System.nanoTime();
            server.destroy();
            assertTrue(server.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS), "it still runs");
            Duration took = Duration.ofNanos(System.nanoTime() - stopped);
            assertEquals(0, server.exitValue(), () -> read(checkout));
            assertTrue(took.compareTo(STOP_MAX) < 0, "it took " + took);
            assertEquals(200, answer(poll).status());
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    /// Registers, and lets a sync wait for news that never come: not even that oneself is there.
    private FutureTask<Answer> pollForFiveMinutes() throws IOException {
        Account newcomer = Account.register(clients, "newcomer");
        String since;
        try (Connection connection = newcomer.connect()) {
            since =
                    Account.sync(connection, UNSEEN + "&timeout=0")
                            .string("next_batch")
                            .orElseThrow();
        }
        String target = V3 + "/sync?" + UNSEEN + "&timeout=300000&since=" + Requests.escape(since);
        var poll =
                new FutureTask<>(
                        () -> {
                            try (Connection connection = newcomer.connect()) {
                                return connection.get(target);
                            }
                        });
        Thread.ofPlatform().daemon().start(poll);
        return poll;
    }

    private boolean isWaiting() {
        try (Connection connection = Connection.open(operators)) {
            return connection
                    .get("/metrics")
                    .text()
                    .lines()
                    .anyMatch("hearth_waiting_syncs 1.0"::equals);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Answer answer(FutureTask<Answer> poll) throws InterruptedException {
        try {
            return poll.get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the poll was not answered", e);
        }
    }

    private static String read(Checkout checkout) {
        try {
            return checkout.printed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Duration limit, Process server, BooleanSupplier reached)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!reached.getAsBoolean()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("not reached within " + limit);
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }
}
