package chat.hearth.homeserver.client.personal;

import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What belongs to a user, over HTTP, and how others learn of it by `/sync`.
final class PersonalTest extends AliceAndBob {
    private static final int SYNCS_MAX = 20;

    private String room;

    @BeforeEach
    void makeTheRoom() {
        room = alice.room("public_chat");
        bob.join(room);
    }

    private static void ok(TestHearth.Answer answer) {
        assertEquals("200", answer.outcome(), answer.toString());
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text);
    }

    private static String now(TestClient client) {
        return client.get("sync?set_presence=offline&timeout=0").string("next_batch");
    }

    /// Syncs from `since` on until an answer holds `text`.
    private static String awaitInSync(TestClient client, String since, String text) {
        String next = since;
        for (int i = 0; i < SYNCS_MAX; i++) {
            TestHearth.Answer answer =
                    client.get("sync?set_presence=offline&timeout=1000&since=" + encoded(next));
            if (answer.json().toString().contains(text)) {
                return answer.json().toString();
            }
            next = answer.string("next_batch");
        }
        throw new AssertionError("No sync says " + text);
    }

    @Test
    void aNewNameIsSeenByAnybodyAndInTheRoom() {
        String since = now(bob);
        ok(alice.put("profile/@alice:hearth.test/displayname", "{\"displayname\":\"Alice A\"}"));
        ok(alice.put("profile/@alice:hearth.test/org.example.x", "{\"org.example.x\":[1]}"));
        awaitInSync(bob, since, "Alice A");
        JsonObject profile = json("{\"displayname\":\"Alice A\",\"org.example.x\":[1]}");
        String path = "_matrix/client/v3/profile/@alice:hearth.test";
        assertEquals(profile, server.send("GET", path, null, null).json());
        assertEquals(
                json("{\"displayname\":\"Alice A\"}"),
                server.send("GET", path + "/displayname", null, null).json());
        ok(alice.request("DELETE", path + "/displayname", null));
        server.restart();
        assertEquals(
                "404 M_NOT_FOUND", server.send("GET", path + "/displayname", null, null).outcome());
    }

    @Test
    void aReceiptIsSeenByOthersAndAPrivateOneIsNot() {
        String event = alice.say(room, "1", "hello");
        String second = alice.say(room, "2", "again");
        String since = now(alice);
        ok(bob.post(receipt("m.read.private", second), "{}"));
        ok(bob.post(receipt("m.read", event), null));
        String seen = awaitInSync(alice, since, "m.receipt");
        assertTrue(seen.contains(event));
        assertFalse(seen.contains("m.read.private"));
        ok(
                bob.post(
                        TestClient.in(room, "read_markers"),
                        "{\"m.fully_read\":\"" + event + "\",\"m.read\":\"" + second + "\"}"));
        ok(bob.post(TestClient.in(room, "read_markers"), "{}"));
        assertEquals(
                JsonObject.of("event_id", event),
                bob.get(inRoom("account_data/m.fully_read")).json());
    }

    private String receipt(String type, String event) {
        return TestClient.in(room, "receipt/" + type + "/" + encoded(event));
    }

    private String inRoom(String path) {
        return "user/@bob:hearth.test/rooms/" + encoded(room) + "/" + path;
    }

    @Test
    void typingIsSeenAndEnds() {
        String since = now(bob);
        String path = TestClient.in(room, "typing/@alice:hearth.test");
        ok(alice.put(path, "{\"typing\":true,\"timeout\":30000}"));
        awaitInSync(bob, since, "\"user_ids\":[\"@alice:hearth.test\"]");
        ok(alice.put(path, "{\"typing\":false}"));
        awaitInSync(bob, since, "\"user_ids\":[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "kick", "ban", "message", "encrypted message"})
    void whoIsOutOrHasSpokenTypesNoLonger(String deed) {
        String since = now(bob);
        ok(
                alice.put(
                        TestClient.in(room, "state/m.room.power_levels"),
                        "{\"kick\":0,\"ban\":0,\"users\":{\"@bob:hearth.test\":50}}"));
        TestClient carol = server.register("carol");
        carol.join(room);
        ok(
                carol.put(
                        TestClient.in(room, "typing/@carol:hearth.test"),
                        "{\"typing\":true,\"timeout\":120000}"));
        awaitInSync(bob, since, "\"user_ids\":[\"@carol:hearth.test\"]");
        String content = "{\"msgtype\":\"m.text\",\"body\":\"x\"}";
        String target = "{\"user_id\":\"@carol:hearth.test\"}";
        ok(
                switch (deed) {
                    case "leave" -> carol.post(TestClient.in(room, "leave"), "{}");
                    case "message" ->
                            carol.put(TestClient.in(room, "send/m.room.message/1"), content);
                    case "encrypted message" ->
                            carol.put(TestClient.in(room, "send/m.room.encrypted/1"), "{}");
                    default -> bob.post(TestClient.in(room, deed), target);
                });
        awaitInSync(bob, since, "\"user_ids\":[]");
    }

    @Test
    void aReactionOrANewNameEndsNoTyping() {
        String since = now(bob);
        String typing = TestClient.in(room, "typing/@alice:hearth.test");
        ok(alice.put(typing, "{\"typing\":true,\"timeout\":120000}"));
        ok(alice.put("profile/@alice:hearth.test/displayname", "{\"displayname\":\"Alice A\"}"));
        ok(alice.put(TestClient.in(room, "send/m.reaction/1"), "{}"));
        assertTrue(
                awaitInSync(bob, since, "m.reaction")
                        .contains("\"user_ids\":[\"@alice:hearth.test\"]"));
    }

    @Test
    void tagsAndAccountDataComeBackAndReachTheUsersOtherDevice() {
        TestClient laptop = server.login("bob");
        String since = now(laptop);
        assertEquals(json("{\"tags\":{}}"), bob.get(inRoom("tags")).json());
        ok(bob.put(inRoom("tags/m.favourite"), "{\"order\":0.25}"));
        ok(bob.put(inRoom("tags/u.%2Fslash"), "{}"));
        assertEquals(
                json("{\"tags\":{\"m.favourite\":{\"order\":0.25},\"u./slash\":{}}}"),
                bob.get(inRoom("tags")).json());
        ok(bob.request("DELETE", inRoom("tags/u.%2Fslash"), null));
        ok(bob.put("user/@bob:hearth.test/account_data/org.example", "{\"a\":\"\\u0000\"}"));
        awaitInSync(laptop, since, "org.example");
        server.restart();
        assertEquals(
                json("{\"tags\":{\"m.favourite\":{\"order\":0.25}}}"),
                bob.get(inRoom("tags")).json());
        assertEquals(
                json("{\"a\":\"\\u0000\"}"),
                bob.get("user/@bob:hearth.test/account_data/org.example").json());
    }

    @Test
    void aFilterComesBackByItsId() {
        String filters = "user/@bob:hearth.test/filter";
        String id =
                bob.post(filters, "{\"room\":{\"timeline\":{\"limit\":3}}}").string("filter_id");
        assertEquals(
                json("{\"room\":{\"timeline\":{\"limit\":3}}}"),
                bob.get(filters + "/" + id).json());
        ok(bob.get("sync?timeout=0&filter=" + id));
    }

    @Test
    void pushRulesCanBeMadeChangedAndRemoved() {
        String rule = "pushrules/global/content/cake";
        ok(bob.put(rule, "{\"actions\":[\"notify\"],\"pattern\":\"cake\"}"));
        ok(bob.put(rule + "/enabled", "{\"enabled\":false}"));
        ok(bob.put(rule + "/actions", "{\"actions\":[]}"));
        assertEquals(
                json(
                        "{\"rule_id\":\"cake\",\"default\":false,\"enabled\":false,"
                                + "\"actions\":[],\"pattern\":\"cake\"}"),
                bob.get(rule).json());
        assertEquals(json("{\"enabled\":false}"), bob.get(rule + "/enabled").json());
        assertEquals(json("{\"actions\":[]}"), bob.get(rule + "/actions").json());
        JsonObject all = bob.get("pushrules/").body();
        assertEquals(all.value("global"), bob.get("pushrules/global/").json());
        assertEquals(all, bob.get("user/@bob:hearth.test/account_data/m.push_rules").json());
        assertTrue(bob.get("sync?timeout=0").json().toString().contains("\"cake\""));
        ok(bob.request("DELETE", rule, null));
        assertEquals("404 M_NOT_FOUND", bob.get(rule).outcome());
    }

    @Test
    void presenceReachesThoseWhoShareARoom() {
        TestClient carol = server.register("carol");
        String since = now(bob);
        String path = "presence/@alice:hearth.test/status";
        ok(alice.put(path, "{\"presence\":\"online\",\"status_msg\":\"at the hearth\"}"));
        awaitInSync(bob, since, "at the hearth");
        JsonObject status = bob.get(path).body();
        assertEquals("online", status.string("presence").orElseThrow());
        assertTrue(status.bool("currently_active").orElseThrow());
        assertEquals("403 M_FORBIDDEN", carol.get(path).outcome());
    }

    @Test
    void inARoomOneNeverWasInThereIsNothingAndOnlyWhereTheWorldReadsItCanBecomeMore() {
        String closed = alice.room("private_chat");
        String open =
                alice.createRoom(
                        """
                        {"initial_state": [{"type": "m.room.history_visibility",
                         "content": {"history_visibility": "world_readable"}}]}
                        """);
        for (String room : new String[] {closed, open, "!unknown:hearth.test"}) {
            String path = "user/" + bob.userId() + "/rooms/" + TestHearth.encoded(room) + "/";
            String expected = room.equals(open) ? "200" : "403 M_FORBIDDEN";
            assertEquals("404 M_NOT_FOUND", bob.get(path + "account_data/x").outcome(), room);
            assertEquals(json("{\"tags\":{}}"), bob.get(path + "tags").json(), room);
            assertEquals(expected, bob.put(path + "account_data/x", "{}").outcome(), room);
            assertEquals(expected, bob.put(path + "tags/u.x", "{}").outcome(), room);
        }
        String path = "user/" + bob.userId() + "/rooms/" + TestHearth.encoded(open) + "/";
        assertEquals(json("{\"tags\":{\"u.x\":{}}}"), bob.get(path + "tags").json());
        assertEquals("200", bob.get(path + "account_data/x").outcome());
    }
}
