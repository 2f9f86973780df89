package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.OnBothDatabases;
import chat.hearth.homeserver.TestedDatabase;
import chat.hearth.http.HttpServer;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every line of the table, over HTTP, on both databases.
@OnBothDatabases
final class BadInputTest {
    /// What only somebody who reads the server's code should ever see.
    private static final Pattern INSIDES =
            Pattern.compile(
                    "Exception|\\bat [a-z]+\\.|(chat|io|java|org|com)\\.[a-z]+\\.[a-z]+\\.|\\.java|"
                            + "SQLITE|PSQL|(?i:\\bselect\\b.*\\bfrom\\b|\\binsert into\\b)");

    private static final int ERRORS_FROM = 400;
    private static final int SERVER_FAULTS_FROM = 500;
    private static final long MILLIS_PER_SECOND = 1000;

    /// Thousands of requests, each a line that tells nothing the table does not.
    private static final Logger ACCESS_LOG = Logger.getLogger(HttpServer.ACCESS_LOG);

    @Parameter private @Nullable TestedDatabase database;
    private @Nullable Scene opened;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void open(@TempDir Path directory) {
        ACCESS_LOG.setLevel(Level.WARNING);
        opened = new Scene(Objects.requireNonNull(database), directory);
    }

    @AfterParameterizedClassInvocation
    void close() {
        scene().close();
        ACCESS_LOG.setLevel(null);
    }

    private Scene scene() {
        return Objects.requireNonNull(opened);
    }

    static List<Row> rows() {
        return Rows.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnsweredAsTheTableSaysAndLeavesNothingBehind(Row row) throws Exception {
        Scene scene = scene();
        row.before().run(scene);
        long before = scene.position(row.door());
        Reply reply = scene.send(row);
        assertEquals(expected(row), outcome(reply), () -> shortened(row, reply));
        checkForm(row, reply);
        if (reply.status() >= ERRORS_FROM) {
            assertEquals(
                    before, scene.position(row.door()), "A refused request left something behind");
        }
        for (Row.Check check : row.checks()) {
            check.run(scene, reply);
        }
        Reply next = scene.send(row.door(), null, "GET", "/_matrix/client/versions", null);
        assertEquals(200, next.status(), "The server answers no more");
    }

    private static String expected(Row row) {
        Row.Expected expected = row.expected();
        return expected.status() + (expected.errcode() == null ? "" : " " + expected.errcode());
    }

    private static String outcome(Reply reply) {
        if (reply.status() < ERRORS_FROM) {
            return "" + reply.status();
        }
        return reply.status() + " " + reply.json().string("errcode").orElse("without errcode");
    }

    private static String shortened(Row row, Reply reply) {
        String text = row + " → " + reply + " to " + row.sent().method() + " " + row.sent().path();
        return text.substring(0, Math.min(600, text.length()));
    }

    private static void checkForm(Row row, Reply reply) {
        if (row.expected().closes()) {
            assertTrue(reply.closed(), "The connection stays open");
        }
        if (reply.status() == 0) {
            return;
        }
        for (String cors : List.of("Origin", "Methods", "Headers")) {
            assertTrue(reply.header("Access-Control-Allow-" + cors).isPresent(), cors);
        }
        assertTrue(reply.status() < SERVER_FAULTS_FROM, reply.text());
        if (reply.status() >= ERRORS_FROM) {
            checkError(row, reply);
        }
    }

    private static void checkError(Row row, Reply reply) {
        assertEquals("application/json", reply.header("Content-Type").orElse(""));
        JsonObject body = reply.json();
        assertFalse(reply.string("error").isBlank(), reply.text());
        assertFalse(INSIDES.matcher(reply.text()).find(), reply.text());
        assertEquals(
                row.expected().softLogout(), body.bool("soft_logout").orElse(false), reply.text());
        boolean limited = reply.status() == 429;
        assertEquals(limited, reply.header("Retry-After").isPresent());
        assertEquals(limited, body.has("retry_after_ms"));
        if (limited) {
            long millis = body.integer("retry_after_ms").orElseThrow();
            assertTrue(millis > 0, reply.text());
            assertEquals(
                    "" + Math.ceilDiv(millis, MILLIS_PER_SECOND),
                    reply.header("Retry-After").orElse(""));
        }
    }

    /// What the list has about operations of this server, is in the table; what it has about others
    /// is named with the reason.
    @Test
    void everyNumberOfTheListHasItsLines() {
        var wanted = new TreeSet<>(BadInputs.LIST.keySet());
        var found = new TreeSet<String>();
        rows().forEach(row -> found.add(row.number()));
        assertEquals(wanted, found);
        var withCases = new TreeSet<>(wanted);
        withCases.removeAll(LeftOut.WHOLE.keySet());
        var cases = new TreeSet<String>();
        rows().stream()
                .filter(row -> !LeftOut.rows().contains(row))
                .forEach(row -> cases.add(row.number()));
        assertEquals(withCases, cases);
    }

    @Test
    void everyLineHasANameOfItsOwn() {
        Map<String, Long> counts =
                rows().stream()
                        .collect(Collectors.groupingBy(Row::toString, Collectors.counting()));
        assertEquals(
                List.of(), counts.entrySet().stream().filter(each -> each.getValue() > 1).toList());
    }
}
