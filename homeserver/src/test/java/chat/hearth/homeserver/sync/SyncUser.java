package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;

/// A user on one device who syncs; what comes is checked against the schema.
record SyncUser(TestClient client, SyncSchema schema) {
    String id() {
        return client.userId();
    }

    /// Syncs without being seen, so that no presence comes into other answers.
    ///
    /// @param query `name=value&…`, may be empty
    SyncAnswer sync(String query) {
        Answer answer = client.get("sync?set_presence=offline&" + query);
        assertEquals(200, answer.status(), answer::toString);
        schema.check(answer.body());
        return new SyncAnswer(answer.body());
    }

    SyncAnswer since(SyncAnswer last) {
        return since(last, "");
    }

    SyncAnswer since(SyncAnswer last, String query) {
        return sync("since=" + TestHearth.encoded(last.next()) + "&" + query);
    }

    String publicRoom() {
        return client.createRoom("{\"preset\":\"public_chat\"}");
    }

    String privateRoom() {
        return client.createRoom("{\"preset\":\"private_chat\"}");
    }

    void join(String room) {
        ok(client.join(room));
    }

    void leave(String room) {
        ok(post(room, "leave", "{}"));
    }

    void invite(String room, SyncUser target) {
        ok(post(room, "invite", "{\"user_id\":\"" + target.id() + "\"}"));
    }

    void kick(String room, SyncUser target) {
        ok(post(room, "kick", "{\"user_id\":\"" + target.id() + "\"}"));
    }

    void ban(String room, SyncUser target) {
        ok(post(room, "ban", "{\"user_id\":\"" + target.id() + "\"}"));
    }

    Answer post(String room, String path, String body) {
        return client.post(TestClient.in(room, path), body);
    }

    /// Says something and answers the event's id. The text is the transaction id, too.
    String say(String room, String text) {
        return client.say(room, TestHearth.encoded(text), text);
    }

    /// Sends any event and answers its id.
    String send(String room, String type, String txnId, String content) {
        return client.put(TestClient.in(room, "send/" + type + "/" + txnId), content)
                .string("event_id");
    }

    /// Sets state and answers the event's id.
    String state(String room, String type, String key, String content) {
        String path = "state/" + type + "/" + TestHearth.encoded(key);
        return client.put(TestClient.in(room, path), content).string("event_id");
    }

    void name(String room, String name) {
        state(room, "m.room.name", "", "{\"name\":\"" + name + "\"}");
    }

    void receipt(String room, String type, String event, String body) {
        ok(post(room, "receipt/" + type + "/" + TestHearth.encoded(event), body));
    }

    /// Sets account data.
    ///
    /// @param where the type, or `rooms/{roomId}/account_data/{type}` without what comes before
    void accountData(String where, String content) {
        ok(client.put("user/" + TestHearth.encoded(id()) + "/" + where, content));
    }

    static void ok(Answer answer) {
        assertEquals("200", answer.outcome(), answer::toString);
    }

    /// A filter as a query parameter.
    static String filter(String json) {
        return "filter=" + TestHearth.encoded(json);
    }
}
