package chat.hearth.acceptance.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants passwords, tokens and message texts in a real server and looks for them in its logs, its
/// metrics and its files. Only message texts belong into the database; nothing belongs into the
/// rest.
final class CanaryTest {
    private static final String PASSWORD = "canary-password-7c1f5e";
    private static final String WRONG_PASSWORD = "canary-wrong-password-9a2b";
    private static final String NEW_PASSWORD = "canary-new-password-3d4e";
    private static final String MESSAGE = "canary-message-text-61f0";
    private static final String BROKEN = "canary-broken-body-22aa";
    private static final String IN_QUERY = "canary-in-query-5b5b";

    @TempDir private Path directory = Path.of("unset");

    @Test
    void nothingEntrustedToTheServerIsWrittenWhereItDoesNotBelong()
            throws IOException, InterruptedException {
        List<String> tokens = new ArrayList<>();
        String log;
        String metrics;
        var settings = ServerSettings.sqlite(directory).talking();
        try (ServerProcess server = ServerProcess.start(settings)) {
            use(server.port(), tokens);
            try (Connection operator = Connection.open(server.opsPort())) {
                metrics = operator.get("/metrics").text();
            }
            assertEquals(0, server.terminate(Duration.ofSeconds(10)));
            log = server.log();
        }
        assertTrue(log.contains("/login"), "the access log is among what was read");

        Map<String, String> written = new TreeMap<>(Map.of("log", log, "metrics", metrics));
        List<String> everywhere =
                new ArrayList<>(List.of(PASSWORD, WRONG_PASSWORD, NEW_PASSWORD, BROKEN, IN_QUERY));
        everywhere.addAll(tokens);
        List<String> found = new ArrayList<>();
        find(everywhere, files(), found);
        everywhere.add(MESSAGE);
        find(everywhere, written, found);
        assertEquals(List.of(), found);
    }

    private static void use(int port, List<String> tokens) throws IOException {
        try (Connection anyone = Connection.open(port)) {
            tokens.add(register(anyone));
            assertEquals(403, login(anyone, WRONG_PASSWORD).status());
            tokens.add(
                    login(anyone, PASSWORD).expectOk("login").string("access_token").orElseThrow());
            anyone.post("/_matrix/client/v3/login", "{\"password\":\"" + BROKEN + "\"");
            anyone.get("/_matrix/client/v3/account/whoami?access_token=" + IN_QUERY);
        }
        try (Connection user = Connection.open(port, tokens.getFirst())) {
            String room = Account.createPublicRoom(user, "canary");
            user.put(Account.sendPath(room, "t1"), Account.text(MESSAGE)).expectOk("send");
            Account.sync(user, "timeout=0");
            user.post("/_matrix/client/v3/account/password", passwordChange()).expectOk("change");
        }
        try (Connection anyone = Connection.open(port)) {
            tokens.add(
                    login(anyone, NEW_PASSWORD)
                            .expectOk("login")
                            .string("access_token")
                            .orElseThrow());
        }
        for (String token : tokens) {
            assertFalse(token.isEmpty());
        }
    }

    private static String register(Connection anyone) throws IOException {
        var auth = JsonObject.of("type", "m.login.dummy");
        var body =
                JsonObject.builder()
                        .put("username", "canary")
                        .put("password", PASSWORD)
                        .put("auth", auth);
        return anyone.post("/_matrix/client/v3/register", text(body.build()))
                .expectOk("register")
                .string("access_token")
                .orElseThrow();
    }

    private static Answer login(Connection anyone, String password) throws IOException {
        var identifier = JsonObject.builder().put("type", "m.id.user").put("user", "canary");
        var body =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("identifier", identifier.build())
                        .put("password", password);
        return anyone.post("/_matrix/client/v3/login", text(body.build()));
    }

    private static String passwordChange() {
        var identifier = JsonObject.builder().put("type", "m.id.user").put("user", "canary");
        var auth =
                JsonObject.builder()
                        .put("type", "m.login.password")
                        .put("identifier", identifier.build())
                        .put("password", PASSWORD);
        return text(
                JsonObject.builder()
                        .put("new_password", NEW_PASSWORD)
                        .put("logout_devices", false)
                        .put("auth", auth.build())
                        .build());
    }

    private static String text(JsonObject object) {
        return new String(JsonWriter.bytes(object), StandardCharsets.UTF_8);
    }

    /// The server's files by name, as text that keeps every byte.
    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(
                        file.getFileName().toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(contents.containsKey(ServerSettings.SQLITE_FILE), contents.keySet()::toString);
        return contents;
    }

    private static void find(
            List<String> canaries, Map<String, String> places, List<String> found) {
        for (Map.Entry<String, String> place : places.entrySet()) {
            for (String canary : canaries) {
                if (place.getValue().contains(canary)) {
                    found.add(canary + " in " + place.getKey());
                }
            }
        }
    }
}
