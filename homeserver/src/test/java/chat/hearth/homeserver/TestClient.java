package chat.hearth.homeserver;

import chat.hearth.homeserver.TestHearth.Answer;
import org.jspecify.annotations.Nullable;

/// A user on one device, talking to a [TestHearth].
///
/// @param server the server
/// @param userId the user
/// @param token the device's access token
public record TestClient(TestHearth server, String userId, String token) {
    private static final String V3 = "_matrix/client/v3/";

    /// `GET` of a path below `/_matrix/client/v3/`.
    public Answer get(String path) {
        return request("GET", path, null);
    }

    /// `POST` to a path below `/_matrix/client/v3/`.
    public Answer post(String path, @Nullable String body) {
        return request("POST", path, body);
    }

    /// `PUT` to a path below `/_matrix/client/v3/`.
    public Answer put(String path, @Nullable String body) {
        return request("PUT", path, body);
    }

    /// Any request of a path below `/_matrix/client/v3/`, or of one that begins with `_matrix`.
    public Answer request(String method, String path, @Nullable String body) {
        return server.send(method, path.startsWith("_matrix") ? path : V3 + path, token, body);
    }

    /// Makes a room and answers its id.
    public String createRoom(String body) {
        return post("createRoom", body).string("room_id");
    }

    /// Joins a room.
    public Answer join(String room) {
        return post("join/" + TestHearth.encoded(room), "{}");
    }

    /// Says something and answers the event's id.
    public String say(String room, String txnId, String text) {
        return put(
                        in(room, "send/m.room.message/" + txnId),
                        "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}")
                .string("event_id");
    }

    /// A path below a room.
    public static String in(String room, String path) {
        return "rooms/" + TestHearth.encoded(room) + "/" + path;
    }
}
