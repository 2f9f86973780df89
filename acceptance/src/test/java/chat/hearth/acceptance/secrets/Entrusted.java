package chat.hearth.acceptance.secrets;

import static chat.hearth.acceptance.wire.Account.V3;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Everything secret that people entrust to one server, handed over in the ways that there are,
/// wrongly too.
final class Entrusted {
    /// What only the conversation's members may read; it belongs into the database.
    static final String MESSAGE = "canary-message-text-61f0";

    private static final String PASSWORD = "canary-password-7c1f5e";
    private static final String WRONG_PASSWORD = "canary-wrong-password-9a2b";
    private static final String NEW_PASSWORD = "canary-new-password-3d4e";
    private static final String TOOL_PASSWORD = "canary-tool-password-4e4e";
    private static final String BROKEN = "canary-broken-body-22aa";
    private static final String IN_QUERY = "canary-in-query-5b5b";
    private static final String REGISTRATION_TOKEN = "canary-registration-token-8f8f";
    private static final String WRONG_TOKEN = "canary-wrong-token-6d6d";
    private static final String SHARED_SECRET = "canary-shared-secret-1b1b";
    private static final String DATABASE_PASSWORD = "canary-database-password-0c0c";

    private static final String TOOLS = "/_synapse/admin/v1/register";
    private static final String VALIDITY =
            "/_matrix/client/v1/register/m.login.registration_token/validity?token=";

    /// The operator's own secrets, as a server is started with them.
    static final Map<String, String> OPTIONS =
            Map.of(
                    "HEARTH_REGISTRATION_MODE", "token",
                    "HEARTH_REGISTRATION_TOKENS", REGISTRATION_TOKEN,
                    "HEARTH_REGISTRATION_SHARED_SECRET", SHARED_SECRET,
                    "HEARTH_DATABASE_PASSWORD", DATABASE_PASSWORD);

    private final int port;
    private final List<String> given = new ArrayList<>();

    private Entrusted(int port) {
        this.port = port;
    }

    /// Uses the server on `port` in all these ways.
    ///
    /// @return what must not be found anywhere: the constants, and the tokens that the server gave
    static List<String> to(int port) throws IOException {
        var entrusted = new Entrusted(port);
        entrusted.registerByToken();
        entrusted.logIn();
        entrusted.registerBySharedSecret();
        entrusted.chat();
        List<String> all =
                new ArrayList<>(
                        List.of(
                                PASSWORD,
                                WRONG_PASSWORD,
                                NEW_PASSWORD,
                                TOOL_PASSWORD,
                                BROKEN,
                                IN_QUERY,
                                REGISTRATION_TOKEN,
                                WRONG_TOKEN,
                                SHARED_SECRET,
                                DATABASE_PASSWORD));
        all.addAll(entrusted.given);
        return all;
    }

    /// Notes the tokens of a session that must have been opened.
    ///
    /// @return its access token
    private String session(Answer answer, String what) {
        JsonObject session = answer.expectOk(what);
        session.string("refresh_token").ifPresent(given::add);
        String access = session.string("access_token").orElseThrow();
        given.add(access);
        return access;
    }

    private void registerByToken() throws IOException {
        try (Connection anyone = Connection.open(port)) {
            anyone.get(VALIDITY + REGISTRATION_TOKEN).expectOk("validity");
            anyone.get(VALIDITY + WRONG_TOKEN).expectOk("validity");
            String session =
                    anyone.post(V3 + "/register", account().build().toString())
                            .json()
                            .string("session")
                            .orElseThrow();
            assertEquals(401, registration(anyone, session, WRONG_TOKEN).status());
            session(registration(anyone, session, REGISTRATION_TOKEN), "register");
        }
    }

    private static JsonObject.Builder account() {
        return JsonObject.builder()
                .put("username", "canary")
                .put("password", PASSWORD)
                .put("refresh_token", true);
    }

    private static Answer registration(Connection anyone, String session, String token)
            throws IOException {
        JsonObject auth =
                JsonObject.builder()
                        .put("type", "m.login.registration_token")
                        .put("token", token)
                        .put("session", session)
                        .build();
        return anyone.post(V3 + "/register", account().put("auth", auth).build().toString());
    }

    private static JsonObject.Builder proof(String password) {
        JsonObject user =
                JsonObject.builder().put("type", "m.id.user").put("user", "canary").build();
        return JsonObject.builder()
                .put("type", "m.login.password")
                .put("identifier", user)
                .put("password", password);
    }

    private static Answer login(Connection anyone, String password) throws IOException {
        String body = proof(password).put("refresh_token", true).build().toString();
        return anyone.post(V3 + "/login", body);
    }

    private void logIn() throws IOException {
        try (Connection anyone = Connection.open(port)) {
            assertEquals(403, login(anyone, WRONG_PASSWORD).status());
            anyone.post(V3 + "/login", "{\"password\":\"" + BROKEN + "\"");
            anyone.get(V3 + "/account/whoami?access_token=" + IN_QUERY);
            JsonObject opened = login(anyone, PASSWORD).expectOk("login");
            String refresh =
                    JsonObject.of("refresh_token", opened.string("refresh_token").orElseThrow())
                            .toString();
            given.add(opened.string("refresh_token").orElseThrow());
            String access = session(anyone.post(V3 + "/refresh", refresh), "refresh");
            try (Connection user = Connection.open(port, access)) {
                Account.sync(user, "timeout=0");
            }
            // A copy of a token that was used: refused, and worth a line in the log.
            assertEquals(401, anyone.post(V3 + "/refresh", refresh).status());
            logInByToken(anyone, session(login(anyone, PASSWORD), "login"));
        }
    }

    /// Asks for a login token and uses it, twice.
    private void logInByToken(Connection anyone, String access) throws IOException {
        String token;
        try (Connection user = Connection.open(port, access)) {
            String proof =
                    JsonObject.builder().put("auth", proof(PASSWORD).build()).build().toString();
            token =
                    user.post("/_matrix/client/v1/login/get_token", proof)
                            .expectOk("get_token")
                            .string("login_token")
                            .orElseThrow();
        }
        given.add(token);
        String body =
                JsonObject.builder()
                        .put("type", "m.login.token")
                        .put("token", token)
                        .build()
                        .toString();
        session(anyone.post(V3 + "/login", body), "login by token");
        assertEquals(403, anyone.post(V3 + "/login", body).status());
    }

    private void registerBySharedSecret() throws IOException {
        try (Connection tool = Connection.open(port)) {
            assertEquals(403, tool.post(TOOLS, order(tool, "not " + SHARED_SECRET)).status());
            session(tool.post(TOOLS, order(tool, SHARED_SECRET)), "shared secret");
        }
    }

    private static String order(Connection tool, String secret) throws IOException {
        String nonce = tool.get(TOOLS).expectOk("nonce").string("nonce").orElseThrow();
        String signed = nonce + "\0tool\0" + TOOL_PASSWORD + "\0notadmin";
        return JsonObject.builder()
                .put("nonce", nonce)
                .put("username", "tool")
                .put("password", TOOL_PASSWORD)
                .put("admin", false)
                .put("mac", hmac(secret, signed))
                .build()
                .toString();
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA1", e);
        }
    }

    private void chat() throws IOException {
        String access;
        try (Connection anyone = Connection.open(port)) {
            access = session(login(anyone, PASSWORD), "login");
        }
        try (Connection user = Connection.open(port, access)) {
            String room = Account.createPublicRoom(user, "canary");
            user.put(Account.sendPath(room, "t1"), Account.text(MESSAGE)).expectOk("send");
            Account.sync(user, "timeout=0");
            String change =
                    JsonObject.builder()
                            .put("new_password", NEW_PASSWORD)
                            .put("logout_devices", false)
                            .put("auth", proof(PASSWORD).build())
                            .build()
                            .toString();
            user.post(V3 + "/account/password", change).expectOk("change");
        }
        try (Connection anyone = Connection.open(port)) {
            session(login(anyone, NEW_PASSWORD), "login");
        }
    }
}
