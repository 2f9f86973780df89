package chat.hearth.acceptance.clients;

import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;

/// Somebody who chats with one of the clients.
///
/// @param client the client
/// @param userId who is logged in there
record Person(ClientDriver client, String userId) {

    private static final String PASSWORD = "correct horse battery staple";

    /// Registers an account with the client and logs in with it.
    static Person arrive(ClientDriver client, String name) throws IOException {
        JsonObject credentials =
                JsonObject.builder().put("user", name).put("password", PASSWORD).build();
        client.call("register", credentials);
        String userId = client.call("login", credentials).string("user_id").orElseThrow();
        return new Person(client, userId);
    }

    private JsonObject call(String verb, String... namesAndValues) throws IOException {
        var args = JsonObject.builder();
        for (int n = 0; n < namesAndValues.length; n += 2) {
            args.put(namesAndValues[n], namesAndValues[n + 1]);
        }
        return client.call(verb, args.build());
    }

    private String eventId(String verb, String... namesAndValues) throws IOException {
        return call(verb, namesAndValues).string("event_id").orElseThrow();
    }

    String createRoom(String alias, String preset) throws IOException {
        return call("create_room", "alias", alias, "name", alias, "preset", preset)
                .string("room_id")
                .orElseThrow();
    }

    void invite(String room, Person invited) throws IOException {
        call("invite", "room_id", room, "user_id", invited.userId);
    }

    void awaitInvite(String room) throws IOException {
        call("await_invite", "room_id", room);
    }

    String join(String roomOrAlias) throws IOException {
        return call("join", "room", roomOrAlias).string("room_id").orElseThrow();
    }

    String send(String room, String body) throws IOException {
        return eventId("send", "room_id", room, "body", body);
    }

    void sendMany(String room, String prefix, int count) throws IOException {
        client.call(
                "send_many",
                JsonObject.builder()
                        .put("room_id", room)
                        .put("prefix", prefix)
                        .put("count", count)
                        .build());
    }

    /// @return the event id and the sender, as this client sees them
    JsonObject awaitMessage(String room, String body) throws IOException {
        return call("await_message", "room_id", room, "body", body);
    }

    void typing(String room, boolean on) throws IOException {
        client.call("typing", JsonObject.builder().put("room_id", room).put("on", on).build());
    }

    void awaitTyping(String room, Person typist, boolean on) throws IOException {
        client.call(
                "await_typing",
                JsonObject.builder()
                        .put("room_id", room)
                        .put("user_id", typist.userId)
                        .put("on", on)
                        .build());
    }

    void read(String room, String event) throws IOException {
        call("read", "room_id", room, "event_id", event);
    }

    void awaitReceipt(String room, Person reader, String event) throws IOException {
        call("await_receipt", "room_id", room, "user_id", reader.userId, "event_id", event);
    }

    /// The bodies with `prefix`, oldest first, paged back until there are `count`.
    List<String> pageBack(String room, String prefix, int count) throws IOException {
        JsonObject args =
                JsonObject.builder()
                        .put("room_id", room)
                        .put("prefix", prefix)
                        .put("count", count)
                        .build();
        return client.call("page_back", args)
                .array("bodies")
                .flatMap(bodies -> bodies.strings())
                .orElseThrow();
    }

    void edit(String room, String event, String body) throws IOException {
        call("edit", "room_id", room, "event_id", event, "body", body);
    }

    void awaitEdit(String room, String event, String body) throws IOException {
        call("await_edit", "room_id", room, "event_id", event, "body", body);
    }

    String react(String room, String event, String key) throws IOException {
        return eventId("react", "room_id", room, "event_id", event, "key", key);
    }

    /// @return the reaction's event id
    String awaitReaction(String room, String event, String key) throws IOException {
        return eventId("await_reaction", "room_id", room, "event_id", event, "key", key);
    }

    void redact(String room, String event) throws IOException {
        call("redact", "room_id", room, "event_id", event);
    }

    /// @return the names of what is left in the redacted event's content
    List<String> awaitRedaction(String room, String event) throws IOException {
        return call("await_redaction", "room_id", room, "event_id", event)
                .array("keys")
                .flatMap(keys -> keys.strings())
                .orElseThrow();
    }

    void leave(String room) throws IOException {
        call("leave", "room_id", room);
    }

    void awaitLeave(String room, Person leaver) throws IOException {
        call("await_leave", "room_id", room, "user_id", leaver.userId);
    }

    /// The ids of the room's events that this client was shown, in its order.
    List<String> eventIds(String room) throws IOException {
        return call("event_ids", "room_id", room)
                .array("event_ids")
                .flatMap(ids -> ids.strings())
                .orElseThrow();
    }
}
