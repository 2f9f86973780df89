package chat.hearth.acceptance.wire;

import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;

/// A registered user with a device, and the few requests that setting up a test takes.
///
/// @param port where the server listens
/// @param userId the full user id
/// @param token the access token
public record Account(int port, String userId, String token) {

    /// The root of the client-server API.
    public static final String V3 = "/_matrix/client/v3";

    /// The password of every account made here.
    public static final String PASSWORD = "correct horse battery staple";

    /// What registers `name` with the dummy stage alone.
    public static String registration(String name) {
        return JsonObject.builder()
                .put("username", name)
                .put("password", PASSWORD)
                .put("auth", JsonObject.of("type", "m.login.dummy"))
                .build()
                .toString();
    }

    /// Registers `name` over a connection of its own.
    public static Account register(int port, String name) throws IOException {
        try (var connection = Connection.open(port)) {
            return register(connection, port, name);
        }
    }

    /// Registers `name` over `connection`.
    public static Account register(Connection connection, int port, String name)
            throws IOException {
        Answer answer = connection.post(V3 + "/register", registration(name));
        return from(port, answer.expectOk("register " + name));
    }

    /// The account that a registration or login answered with.
    public static Account from(int port, JsonObject answer) {
        return new Account(
                port,
                answer.string("user_id").orElseThrow(),
                answer.string("access_token").orElseThrow());
    }

    /// A new connection that carries this account's token.
    public Connection connect() throws IOException {
        return Connection.open(port, token);
    }

    /// Creates a public room.
    ///
    /// @return its room id
    public static String createPublicRoom(Connection connection, String name) throws IOException {
        String request =
                JsonObject.builder()
                        .put("preset", "public_chat")
                        .put("name", name)
                        .build()
                        .toString();
        return connection
                .post(V3 + "/createRoom", request)
                .expectOk("createRoom")
                .string("room_id")
                .orElseThrow();
    }

    /// Joins a room by id.
    public static void join(Connection connection, String roomId) throws IOException {
        connection.post(V3 + "/rooms/" + escape(roomId) + "/join", "{}").expectOk("join " + roomId);
    }

    /// The path that sends a message to `roomId` under a transaction id.
    public static String sendPath(String roomId, String txnId) {
        return V3 + "/rooms/" + escape(roomId) + "/send/m.room.message/" + escape(txnId);
    }

    /// The content of a text message.
    public static String text(String body) {
        return JsonObject.builder().put("msgtype", "m.text").put("body", body).build().toString();
    }

    /// A sync answer.
    ///
    /// @param query what follows `?`, already encoded
    public static JsonObject sync(Connection connection, String query) throws IOException {
        return connection.get(V3 + "/sync?" + query).expectOk("sync");
    }
}
