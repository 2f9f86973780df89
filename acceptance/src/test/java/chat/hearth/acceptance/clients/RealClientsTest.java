package chat.hearth.acceptance.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.Needed;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two people, one with matrix-js-sdk and one with matrix-nio, both unmodified, through one server
/// process that is killed in the middle. The steps are one story and run in order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(900)
final class RealClientsTest {

    private static final String CLIENTS = "real clients, matrix-js-sdk and matrix-nio";
    private static final int HISTORY = 500;

    /// Each message of the history is at least one answer that the proxy held against its schema.
    private static final int CHECKED_MIN = HISTORY;

    @TempDir static Path directory;

    private ServerProcess server;
    private @Nullable SpecProxy proxy;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Person js;
    private Person nio;
    private String privateRoom = "";
    private String publicRoom = "";

    @BeforeAll
    void arrive() throws IOException, InterruptedException {
        Needed.command("npm", CLIENTS);
        Needed.working(List.of("python3", "-c", "import ensurepip"), "python3-venv", CLIENTS);
        ClientTools tools = ClientTools.install();
        server = ServerProcess.start(ServerSettings.sqlite(directory));
        opened.push(server);
        proxy = SpecProxy.start(tools, server.url()).orElse(null);
        if (proxy == null) {
            Needed.note(
                    "the check of every answer against the specification's schemas, since"
                            + " tools/spec-proxy is not in ../shared nor in $HEARTH_TEST_SHARED");
        } else {
            opened.push(proxy);
        }
        String url = proxy == null ? server.url() : proxy.url();
        var jsClient = ClientDriver.javaScript(tools, url);
        opened.push(jsClient);
        var nioClient = ClientDriver.nio(tools, url);
        opened.push(nioClient);
        js = Person.arrive(jsClient, "jane");
        nio = Person.arrive(nioClient, "nico");
    }

    @AfterAll
    void leaveNothingBehind() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    @Order(1)
    void eachInvitesTheOtherByUserId() throws IOException {
        privateRoom = inviteById(js, nio, "tea");
        inviteById(nio, js, "coffee");
    }

    private static String inviteById(Person from, Person to, String name) throws IOException {
        String room = from.createRoom(name, "private_chat");
        from.invite(room, to);
        to.awaitInvite(room);
        assertEquals(room, to.join(room));
        return room;
    }

    @Test
    @Order(2)
    void eachJoinsTheOthersRoomByAlias() throws IOException {
        publicRoom = joinByAlias(nio, js, "garden");
        joinByAlias(js, nio, "terrace");
    }

    private static String joinByAlias(Person from, Person to, String alias) throws IOException {
        String room = from.createRoom(alias, "public_chat");
        assertEquals(room, to.join("#" + alias + ":localhost"));
        return room;
    }

    @Test
    @Order(3)
    void bothChatWithTypingAndReceipts() throws IOException {
        chat(js, nio, "first");
        chat(nio, js, "second");
    }

    private void chat(Person from, Person to, String body) throws IOException {
        from.typing(privateRoom, true);
        to.awaitTyping(privateRoom, from, true);
        String event = from.send(privateRoom, body);
        var shown = to.awaitMessage(privateRoom, body);
        assertEquals(event, shown.string("event_id").orElseThrow());
        assertEquals(from.userId(), shown.string("sender").orElseThrow());
        from.typing(privateRoom, false);
        to.awaitTyping(privateRoom, from, false);
        to.read(privateRoom, event);
        from.awaitReceipt(privateRoom, to, event);
    }

    @Test
    @Order(4)
    void bothEditReactAndRedact() throws IOException {
        change(js, nio, "third");
        change(nio, js, "fourth");
    }

    private void change(Person from, Person to, String body) throws IOException {
        String event = from.send(privateRoom, body);
        to.awaitMessage(privateRoom, body);
        from.edit(privateRoom, event, body + ", better");
        to.awaitEdit(privateRoom, event, body + ", better");
        String reaction = to.react(privateRoom, event, "👍");
        assertEquals(reaction, from.awaitReaction(privateRoom, event, "👍"));
        String regretted = from.send(privateRoom, body + ", regretted");
        to.awaitMessage(privateRoom, body + ", regretted");
        from.redact(privateRoom, regretted);
        assertEquals(List.of(), to.awaitRedaction(privateRoom, regretted));
    }

    @Test
    @Order(5)
    void bothGoOnAfterTheServerWasKilled() throws IOException {
        server.kill();
        server.restart();
        chat(js, nio, "fifth");
        chat(nio, js, "sixth");
        change(js, nio, "seventh");
        change(nio, js, "eighth");
    }

    @Test
    @Order(6)
    void bothPageBackThroughAllHistory() throws IOException {
        js.sendMany(publicRoom, "page ", HISTORY);
        List<String> sent = IntStream.range(0, HISTORY).mapToObj(n -> "page " + n).toList();
        nio.awaitMessage(publicRoom, sent.getLast());
        assertEquals(sent, nio.pageBack(publicRoom, "page ", HISTORY));
        assertEquals(sent, js.pageBack(publicRoom, "page ", HISTORY));
    }

    @Test
    @Order(7)
    void neitherWasShownAnEventTwice() throws IOException {
        for (Person person : List.of(js, nio)) {
            List<String> shown = person.eventIds(privateRoom);
            assertEquals(new HashSet<>(shown).size(), shown.size(), person::toString);
        }
    }

    @Test
    @Order(8)
    void bothLeave() throws IOException {
        nio.leave(privateRoom);
        js.awaitLeave(privateRoom, nio);
        js.leave(publicRoom);
        nio.awaitLeave(publicRoom, js);
    }

    @Test
    @Order(9)
    void noAnswerBrokeItsSchema() throws Exception {
        if (proxy == null) {
            return; // Said at the start.
        }
        while (opened.peek() != proxy) {
            opened.pop().close();
        }
        SpecProxy.Report report = proxy.end();
        assertEquals("", report.violations());
        assertEquals(0, report.broken());
        assertTrue(report.checked() >= CHECKED_MIN, "the proxy checked only " + report.checked());
    }
}
