package chat.hearth.homeserver;

import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
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

    /// `DELETE` of a path below `/_matrix/client/v3/`.
    public Answer delete(String path) {
        return request("DELETE", path, null);
    }

    /// Any request of a path below `/_matrix/client/v3/`, or of one that begins with `_matrix`.
    public Answer request(String method, String path, @Nullable String body) {
        return server.send(method, path.startsWith("_matrix") ? path : V3 + path, token, body);
    }

    /// Makes a room and answers its id.
    public String createRoom(String body) {
        return post("createRoom", body).string("room_id");
    }

    /// Makes a room by a preset such as `public_chat` and answers its id.
    public String room(String preset) {
        return createRoom("{\"preset\":\"" + preset + "\"}");
    }

    /// Joins a room.
    public Answer join(String room) {
        return post("join/" + TestHearth.encoded(room), "{}");
    }

    /// Leaves a room, which must work.
    public void leave(String room) {
        ok(post(in(room, "leave"), "{}"));
    }

    /// Invites somebody to a room, which must work.
    public void invite(String room, TestClient other) {
        ok(post(in(room, "invite"), JsonObject.of("user_id", other.userId).toString()));
    }

    /// Says something and answers the event's id.
    public String say(String room, String txnId, String text) {
        return send(room, txnId, "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}");
    }

    /// Says something and answers the event's id.
    public String say(String room, String text) {
        return say(room, server.newId(), text);
    }

    /// Sends a message with this content and answers the event's id.
    public String send(String room, String content) {
        return send(room, server.newId(), content);
    }

    private String send(String room, String txnId, String content) {
        return put(in(room, "send/m.room.message/" + txnId), content).string("event_id");
    }

    /// Sets state of a room and answers the event's id.
    public String state(String room, String type, String key, String content) {
        return put(in(room, "state/" + type + "/" + TestHearth.encoded(key)), content)
                .string("event_id");
    }

    /// Says that everything up to an event was read, which must work.
    ///
    /// @param type such as `m.read`
    /// @param thread the thread it is about, null for none in particular
    public void receipt(String room, String type, @Nullable String thread, String event) {
        JsonObject body = thread == null ? JsonObject.EMPTY : JsonObject.of("thread_id", thread);
        ok(post(in(room, "receipt/" + type + "/" + TestHearth.encoded(event)), body.toString()));
    }

    /// Sets account data, which must work.
    ///
    /// @param room the room it is about, null for none
    public void accountData(@Nullable String room, String type, String content) {
        String where = room == null ? "" : "/rooms/" + TestHearth.encoded(room);
        ok(put("user/" + userId + where + "/account_data/" + type, content));
    }

    /// The answer to a sync that must succeed. It does not make the user seem online unless the
    /// query says so.
    ///
    /// @param query such as `since=…&timeout=0`
    public Synced sync(String query) {
        String quiet = query.contains("set_presence=") ? "" : "set_presence=offline&";
        Answer answer = get("sync?" + quiet + query);
        ok(answer);
        return new Synced(answer.body());
    }

    /// What is new since a token.
    public Synced syncSince(String since) {
        return sync("since=" + TestHearth.encoded(since));
    }

    /// A filter as a part of a sync's query.
    public static String filter(String json) {
        return "filter=" + TestHearth.encoded(json);
    }

    private void ok(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(userId + " was told " + answer);
        }
    }

    /// A path below a room.
    public static String in(String room, String path) {
        return "rooms/" + TestHearth.encoded(room) + "/" + path;
    }
}
