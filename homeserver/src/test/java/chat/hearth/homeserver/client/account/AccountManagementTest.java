package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import chat.hearth.storage.Highlight;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountManagementTest {
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";
    private static final String DEVICES = "/_matrix/client/v3/devices";
    private static final String TOOLS = "/_synapse/admin/v1/register";

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    private TestHearth server;

    @BeforeEach
    void start() {
        server = TestHearth.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void devicesAreListedRenamedAndSaidWhenTheyWereSeen() {
        Answer alice = server.registration("alice");
        String token = alice.string("access_token");
        server.get(WHOAMI, token);
        server.accounts().upkeep().run();
        String path = DEVICES + "/" + alice.string("device_id");
        assertEquals(
                200, server.send("PUT", path, token, "{\"display_name\": \"phone\"}").status());
        Answer device = server.get(path, token);
        assertEquals("phone", device.string("display_name"));
        assertEquals("127.0.0.1", device.string("last_seen_ip"));
        assertTrue(device.body().integer("last_seen_ts").isPresent());
        JsonArray listed = server.get(DEVICES, token).body().array("devices").orElseThrow();
        assertEquals(List.of(device.body()), listed.values());
        String endless = "{\"display_name\": \"" + "x".repeat(101) + "\"}";
        Answer refused = server.send("PUT", path, token, endless);
        assertEquals(Optional.of("M_TOO_LARGE"), refused.errcode());
        assertEquals(400, refused.status());
    }

    @Test
    void aDeletedDeviceIsLoggedOut() {
        String token = server.register("alice").token();
        Answer other = server.login("alice", "secret");
        assertEquals(200, server.get(WHOAMI, other.string("access_token")).status());
        String wish = "{\"devices\": [\"" + other.string("device_id") + "\"]";
        prove("/_matrix/client/v3/delete_devices", token, wish);
        assertEquals(401, server.get(WHOAMI, other.string("access_token")).status());
        assertEquals(200, server.get(WHOAMI, token).status());
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsUnlessAskedNotTo() {
        String token = server.register("alice").token();
        String kept = server.login("alice", "secret").string("access_token");
        String path = "/_matrix/client/v3/account/password";
        prove(path, token, "{\"new_password\": \"second\", \"logout_devices\": false");
        assertEquals(200, server.get(WHOAMI, kept).status());
        assertEquals(403, server.login("alice", "secret").status());
        assertEquals(200, server.login("alice", "second").status());
        prove(path, token, "{\"new_password\": \"secret\"", "second");
        assertEquals(401, server.get(WHOAMI, kept).status());
        assertEquals(200, server.get(WHOAMI, token).status());
    }

    @Test
    void aLoginTokenNeedsThePasswordAndLogsInOnce() {
        String token = server.register("alice").token();
        Answer made = prove("/_matrix/client/v1/login/get_token", token, "{\"x\": 1");
        assertTrue(made.body().integer("expires_in_ms").isPresent());
        assertEquals("@alice:hearth.test", byLoginToken(made).string("user_id"));
        assertEquals(403, byLoginToken(made).status());
    }

    @Test
    void aNewPasswordEndsLoginTokens() {
        String token = server.register("alice").token();
        server.login("alice");
        Answer made = prove("/_matrix/client/v1/login/get_token", token, "{\"x\": 1");
        prove("/_matrix/client/v3/account/password", token, "{\"new_password\": \"second\"");
        assertEquals(403, byLoginToken(made).status());
    }

    private Answer byLoginToken(Answer made) {
        JsonObject login =
                JsonObject.builder()
                        .put("type", "m.login.token")
                        .put("token", made.string("login_token"))
                        .build();
        return server.post("/_matrix/client/v3/login", null, login.toString());
    }

    @Test
    void aDeactivatedAccountLeavesItsRoomsAndKeepsNothing() {
        TestClient client = server.register("alice");
        String token = client.token();
        UserId alice = new UserId(client.userId());
        var stores = server.stores();
        int user = server.number(client.userId());
        RoomId room = new RoomId(client.room("public_chat"));
        client.accountData(null, "org.example", "{\"a\":1}");
        client.post("user/" + client.userId() + "/filter", "{}");
        assertEquals(1, stores.filters().count(user));
        keepData(user, 2_500);
        client.receipt(room.value(), "m.read", null, client.say(room.value(), "1", "hi"));
        int inRoom = stores.identifiers().findRoom(room).orElseThrow();
        addHighlight(new Highlight(user, inRoom, 1, 0));
        Answer answer = prove("/_matrix/client/v3/account/deactivate", token, "{\"erase\": true");
        assertEquals("success", answer.string("id_server_unbind_result"));
        assertEquals(Optional.of("M_UNKNOWN_TOKEN"), server.get(WHOAMI, token).errcode());
        assertEquals(Optional.of("M_USER_DEACTIVATED"), server.login("alice", "secret").errcode());
        assertTrue(stores.accounts().find(alice).orElseThrow().erased());
        assertEquals(List.of(), stores.devices().ofUser(user, 10));
        assertEquals(List.of(), stores.memberships().ofUser(user, Set.of(Membership.JOIN), 0, 10));
        assertEquals(
                Membership.LEAVE, stores.memberships().find(inRoom, user).orElseThrow().state());
        assertEquals(List.of(), stores.accountData().changed(user, 0, Long.MAX_VALUE, 10));
        assertEquals(0, stores.filters().count(user));
        assertEquals(List.of(), stores.receipts().ofUser(inRoom, user, 10));
        assertEquals(List.of(), stores.highlights().of(user, inRoom, 0, 10));
    }

    private void addHighlight(Highlight highlight) {
        server.database()
                .journal()
                .write(
                        tx -> {
                            server.stores().highlights().add(tx, highlight);
                            return highlight;
                        });
    }

    /// Keeps a piece of account data in each of many rooms.
    private void keepData(int user, int rooms) {
        var accountData = server.stores().accountData();
        server.database()
                .journal()
                .write(
                        tx -> {
                            for (int room = 1; room <= rooms; room++) {
                                long position = tx.nextPosition();
                                accountData.put(
                                        tx, new AccountData(user, room, "a", position, NOTHING));
                                tx.announce(
                                        new Change(position, Change.Kind.ACCOUNT_DATA, room, user));
                            }
                            return rooms;
                        });
    }

    @Test
    void toolsThatKnowTheSecretMakeAccountsOnAClosedServer(@TempDir Path other)
            throws GeneralSecurityException {
        try (var closed =
                TestHearth.in(other)
                        .with("REGISTRATION_MODE", "closed")
                        .with("REGISTRATION_SHARED_SECRET", "s3cret")
                        .start()) {
            String nonce = closed.get(TOOLS, null).string("nonce");
            String body = order(nonce, "s3cret", "notadmin");
            Answer forged = closed.post(TOOLS, null, body);
            assertEquals(403, forged.status(), "not an admin by this HMAC");
            assertEquals(400, closed.post(TOOLS, null, body).status(), "the nonce is used up");
            String next = closed.get(TOOLS, null).string("nonce");
            Answer made = closed.post(TOOLS, null, order(next, "s3cret", "admin"));
            assertEquals("@root:hearth.test", made.string("user_id"));
            assertEquals(200, closed.get(WHOAMI, made.string("access_token")).status());
            assertTrue(
                    closed.stores()
                            .accounts()
                            .find(new UserId("@root:hearth.test"))
                            .orElseThrow()
                            .admin());
            String last = closed.get(TOOLS, null).string("nonce");
            assertEquals(403, closed.post(TOOLS, null, order(last, "guess", "admin")).status());
        }
    }

    @Test
    void aProofForAUserIsNoneForAnAdministrator(@TempDir Path other)
            throws GeneralSecurityException {
        try (var closed =
                TestHearth.in(other).with("REGISTRATION_SHARED_SECRET", "s3cret").start()) {
            // What a tool signs for a user whose password holds NUL, and what it could be read as.
            JsonObject user = JsonObject.of("password", "pw\0admin");
            JsonObject admin =
                    JsonObject.builder()
                            .put("password", "pw")
                            .put("admin", true)
                            .put("user_type", "notadmin")
                            .build();
            for (JsonObject wish : List.of(user, admin)) {
                String nonce = closed.get(TOOLS, null).string("nonce");
                String order =
                        JsonObject.builder()
                                .put("nonce", nonce)
                                .put("username", "root")
                                .put("mac", mac("s3cret", nonce, "root", "pw", "admin", "notadmin"))
                                .putAll(wish)
                                .build()
                                .toString();
                assertEquals("400 M_INVALID_PARAM", closed.post(TOOLS, null, order).outcome());
            }
            assertTrue(closed.stores().accounts().find(new UserId("@root:hearth.test")).isEmpty());
        }
    }

    private static String mac(String secret, String... fields) throws GeneralSecurityException {
        Mac hmac = Mac.getInstance("HmacSHA1");
        hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String text = String.join("\0", fields);
        return HexFormat.of().formatHex(hmac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Asks for an administrator; `signed` is what the HMAC says.
    private static String order(String nonce, String secret, String signed)
            throws GeneralSecurityException {
        return JsonObject.builder()
                .put("nonce", nonce)
                .put("username", "root")
                .put("password", "pw")
                .put("admin", true)
                .put("mac", mac(secret, nonce, "root", "pw", signed))
                .build()
                .toString();
    }

    @Test
    void tooManyLoginsAndRegistrationsHaveToWait(@TempDir Path other) {
        try (var limited =
                TestHearth.in(other)
                        .stillClock()
                        .limit("LOGIN", 3, 0.5)
                        .limit("REGISTRATION", 1, 0.5)
                        .start()) {
            assertEquals(200, limited.registration("alice").status());
            assertEquals(429, limited.registration("bob").status());
            assertEquals(403, limited.login("alice", "wrong").status());
            assertEquals(200, limited.login("alice", "secret").status());
            Answer refused = limited.login("alice", "secret");
            assertEquals(429, refused.status());
            assertEquals(Optional.of("M_LIMIT_EXCEEDED"), refused.errcode());
            assertTrue(refused.body().integer("retry_after_ms").orElseThrow() <= 2000);
            limited.pass(Duration.ofSeconds(4));
            assertEquals(200, limited.login("alice", "secret").status());
            assertEquals(200, limited.registration("bob").status());
        }
    }

    @Test
    void theServerSaysWhatItIs() {
        String token = server.register("alice").token();
        JsonArray versions =
                server.get("/_matrix/client/versions", null).body().array("versions").orElseThrow();
        assertTrue(versions.strings().orElseThrow().contains("v1.19"));
        JsonObject capabilities =
                server.get("/_matrix/client/v3/capabilities", token)
                        .body()
                        .object("capabilities")
                        .orElseThrow();
        assertEquals(
                Optional.of("12"),
                capabilities.object("m.room_versions").flatMap(rooms -> rooms.string("default")));
        assertEquals(
                Optional.of("https://hearth.test"),
                server.get("/.well-known/matrix/client", null)
                        .body()
                        .object("m.homeserver")
                        .flatMap(home -> home.string("base_url")));
    }

    @Test
    void thePagesLoadNothingFromElsewhere() {
        for (String path : new String[] {"/", "/_matrix/static/client/login/"}) {
            HttpResponse<byte[]> page = server.exchange("GET", path, null, null);
            assertEquals(200, page.statusCode());
            String html = new String(page.body(), StandardCharsets.UTF_8);
            assertFalse(html.contains("src="), path);
            assertFalse(html.contains("href="), path);
            assertTrue(
                    page.headers()
                            .firstValue("Content-Security-Policy")
                            .orElse("")
                            .startsWith("default-src 'none'"));
        }
    }

    private Answer prove(String path, String token, String wish) {
        return prove(path, token, wish, "secret");
    }

    /// Makes a request of Alice's, proves it with her password and answers what came of it.
    private Answer prove(String path, String token, String wish, String password) {
        Answer asked = server.post(path, token, wish + "}");
        assertEquals(401, asked.status());
        Answer done =
                server.post(
                        path,
                        token,
                        wish
                                + """
                                , "auth": {"type": "m.login.password", "session": "%s",
                                 "password": "%s",
                                 "identifier": {"type": "m.id.user", "user": "alice"}}}
                                """
                                        .formatted(asked.string("session"), password));
        assertEquals(200, done.status(), done.body().toString());
        return done;
    }

    @Test
    void whoIsSuspendedIsToldThatTheirProfileStays() {
        TestClient user = server.register("suspended");
        server.accounts().accounts().suspend(server.number(user.userId()), true);
        JsonObject told = user.get("capabilities").body().object("capabilities").orElseThrow();
        var disabled = JsonObject.builder().put("enabled", false).build();
        for (String name : List.of("m.profile_fields", "m.set_displayname", "m.set_avatar_url")) {
            assertEquals(disabled, told.value(name), name);
        }
        assertNotEquals(disabled, told.value("m.change_password"));
    }
}
