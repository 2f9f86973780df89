package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What new accounts begin with.
final class NewAccountTest {
    private static final String REGISTER = "/_matrix/client/v3/register";
    private static final String NAME = "displayname";
    private static final String LENGTH_MIN = "PASSWORD_HASH_LENGTH_MIN";

    @TempDir private Path folder;

    @Test
    void aNewAccountHasItsLocalpartAsDisplayName() {
        try (TestHearth server = TestHearth.start(folder)) {
            TestClient alice = server.register("Alice");
            assertEquals(Optional.of("alice"), name(alice, alice.userId()));
            String made = server.accounts().accounts().create("carol", "secret", false).value();
            assertEquals(Optional.of("carol"), name(alice, made));
        }
    }

    @Test
    void aGuestWhoBecomesAUserKeepsTheNameThatTheyChose() {
        try (TestHearth server = TestHearth.start(folder)) {
            TestClient guest = server.guest("7");
            guest.put("profile/" + guest.userId() + "/" + NAME, "{\"displayname\": \"Gina\"}");
            String wish =
                    JsonObject.builder()
                            .put("username", "7")
                            .put("password", "secret")
                            .put("guest_access_token", guest.token())
                            .put("auth", JsonObject.of("type", "m.login.dummy"))
                            .build()
                            .toString();
            assertEquals("200", server.post(REGISTER, null, wish).outcome());
            assertEquals(Optional.of("Gina"), name(guest, guest.userId()));
        }
    }

    private static Optional<String> name(TestClient reader, String user) {
        return reader.get("profile/" + user + "/" + NAME).body().string(NAME);
    }

    @Test
    void aShortPasswordIsRefusedBeforeAnythingIsAskedFor() {
        try (TestHearth server = TestHearth.in(folder).with(LENGTH_MIN, "8").start()) {
            Answer refused = register(server, "7letter");
            assertEquals("400 M_WEAK_PASSWORD", refused.outcome());
            assertTrue(
                    refused.string("error").contains("at least 8 characters"), refused::toString);
            assertEquals("401", register(server, "8letters").outcome());
            assertEquals("200", register(server, "8letters", "m.login.dummy").outcome());
            String token = server.login("bob", "8letters").string("access_token");
            String change = "{\"new_password\": \"7letter\"}";
            assertEquals(
                    "400 M_WEAK_PASSWORD",
                    server.post("/_matrix/client/v3/account/password", token, change).outcome());
        }
    }

    private static Answer register(TestHearth server, String password) {
        String body = "{\"username\": \"bob\", \"password\": \"" + password + "\"}";
        return server.post(REGISTER, null, body);
    }

    private static Answer register(TestHearth server, String password, String stage) {
        JsonObject body =
                JsonObject.builder()
                        .put("username", "bob")
                        .put("password", password)
                        .put("auth", JsonObject.of("type", stage))
                        .build();
        return server.post(REGISTER, null, body.toString());
    }
}
