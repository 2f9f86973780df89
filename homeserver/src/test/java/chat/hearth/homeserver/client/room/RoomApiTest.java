package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.SharedServer;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do in rooms, step by step.
final class RoomApiTest extends SharedServer {
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void aRoomOfEveryVersionIsMadeEnteredAndRead(String version) {
        String room =
                alice.createRoom(
                        "{\"room_version\":\"%s\",\"preset\":\"public_chat\",\"name\":\"R\"}"
                                .formatted(version));
        assertEquals("200", bob.join(room).outcome());
        String event = bob.say(room, "t1", "hello");
        Answer read = alice.get(in(room, "event/" + encoded(event)));
        assertEquals("hello", read.body().object("content").orElseThrow().string("body").get());
        assertEquals(room, read.string("room_id"));
        assertEquals("R", alice.get(in(room, "state/m.room.name")).string("name"));
        assertEquals("R", alice.get(in(room, "state/m.room.name/")).string("name"));
        JsonObject create = alice.get(in(room, "state/m.room.create/")).body();
        assertEquals(version, create.string("room_version").orElseThrow());
        assertEquals(
                "200",
                alice.put(in(room, "redact/" + encoded(event) + "/t2"), "{\"reason\":\"x\"}")
                        .outcome());
        assertEquals(
                JsonObject.EMPTY,
                bob.get(in(room, "event/" + encoded(event)))
                        .body()
                        .object("content")
                        .orElseThrow());
    }

    @Test
    void theDefaultRoomIsOfVersion12AndPrivate() {
        String room = alice.createRoom("{}");
        assertEquals("12", alice.get(in(room, "state/m.room.create")).string("room_version"));
        assertEquals("invite", alice.get(in(room, "state/m.room.join_rules")).string("join_rule"));
        assertEquals("403 M_FORBIDDEN", bob.join(room).outcome());
        assertEquals("200", invite(room, bob).outcome());
        assertEquals("200", bob.join(room).outcome());
        assertTrue(bob.get("joined_rooms").body().toString().contains(room));
    }

    @Test
    void pagingBackGivesEveryEventOnceAndEnds() {
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            said.add(alice.say(room, "p" + i, "m" + i));
        }
        List<String> back = page(room, "b", "&limit=7");
        assertEquals(said.reversed(), back.subList(0, 25));
        List<String> forth = page(room, "f", "&limit=7");
        assertEquals(back.reversed(), forth);
        assertEquals(back, page(room, "b", "&limit=1000"));
        String onlyMessages = "&filter=" + encoded("{\"types\":[\"m.room.message\"]}");
        assertEquals(said.reversed(), page(room, "b", "&limit=5" + onlyMessages));
    }

    private List<String> page(String room, String direction, String query) {
        List<String> ids = new ArrayList<>();
        String from = "";
        for (int i = 0; i < 100; i++) {
            Answer page = alice.get(in(room, "messages?dir=" + direction + query + from));
            assertEquals("200", page.outcome(), () -> page.toString());
            for (JsonValue event : chunk(page)) {
                ids.add(((JsonObject) event).string("event_id").orElseThrow());
            }
            if (!page.body().has("end")) {
                return ids;
            }
            from = "&from=" + encoded(page.string("end"));
        }
        throw new AssertionError("The history never ends");
    }

    @Test
    void aPageBeginsAtTheTokenThatWasGiven() {
        String room = alice.createRoom("{}");
        for (String from : List.of(alice.sync("").next(), "s1")) {
            String path = in(room, "messages?dir=b&from=" + encoded(from));
            assertEquals(from, alice.get(path).string("start"));
        }
    }

    @Test
    void lazyLoadingGivesTheSendersOnly() {
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        bob.join(room);
        bob.say(room, "l1", "hi");
        Answer page =
                alice.get(
                        in(
                                room,
                                "messages?dir=b&limit=1&filter="
                                        + encoded("{\"lazy_load_members\":true}")));
        JsonArray state = page.body().array("state").orElseThrow();
        assertEquals(1, state.size());
        assertEquals(
                bob.userId(),
                ((JsonObject) state.values().getFirst()).string("state_key").orElseThrow());
    }

    @Test
    void contextShowsWhatStandsAround() {
        String room = alice.createRoom("{}");
        String before = alice.say(room, "c1", "before");
        String here = alice.say(room, "c2", "here");
        String after = alice.say(room, "c3", "after");
        Answer context = alice.get(in(room, "context/" + encoded(here) + "?limit=2"));
        assertEquals(before, onlyId(context, "events_before"));
        assertEquals(after, onlyId(context, "events_after"));
        assertEquals(here, context.body().object("event").orElseThrow().string("event_id").get());
        assertTrue(context.body().array("state").orElseThrow().size() > 5);
        Answer older =
                alice.get(
                        in(
                                room,
                                "messages?dir=b&limit=1&from=" + encoded(context.string("start"))));
        assertFalse(older.toString().contains(before));
    }

    private static String onlyId(Answer answer, String list) {
        JsonArray events = answer.body().array(list).orElseThrow();
        assertEquals(1, events.size());
        return ((JsonObject) events.values().getFirst()).string("event_id").orElseThrow();
    }

    @Test
    void whoLeftReadsTheRoomAsItWas() {
        String room = alice.createRoom("{\"preset\":\"public_chat\",\"name\":\"old\"}");
        bob.join(room);
        alice.say(room, "w1", "seen");
        bob.post(in(room, "leave"), null);
        alice.put(in(room, "state/m.room.name"), "{\"name\":\"new\"}");
        alice.say(room, "w2", "unseen");
        assertEquals("old", bob.get(in(room, "state/m.room.name")).string("name"));
        String messages = bob.get(in(room, "messages?dir=b&limit=100")).toString();
        assertTrue(messages.contains("\"seen\""));
        assertFalse(messages.contains("unseen"));
        assertEquals("403 M_FORBIDDEN", bob.get(in(room, "joined_members")).outcome());
        assertEquals("200", bob.post(in(room, "forget"), "{}").outcome());
        assertEquals("403 M_FORBIDDEN", bob.get(in(room, "messages?dir=b")).outcome());
    }

    @Test
    void leavingAgainIsNoErrorAndNoEvent() {
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        assertEquals("403 M_FORBIDDEN", bob.post(in(room, "leave"), "{}").outcome());
        for (String way : List.of("leave", "turn down", "kick", "unban")) {
            switch (way) {
                case "leave" -> {
                    bob.join(room);
                    bob.leave(room);
                }
                case "turn down" -> {
                    alice.invite(room, bob);
                    bob.leave(room);
                }
                case "kick" -> {
                    bob.join(room);
                    toBob(room, "kick");
                }
                default -> {
                    toBob(room, "ban");
                    assertEquals("403 M_FORBIDDEN", bob.post(in(room, "leave"), "{}").outcome());
                    toBob(room, "unban");
                }
            }
            String last = last(room);
            assertEquals("200", bob.post(in(room, "leave"), "{\"reason\":\"x\"}").outcome(), way);
            assertEquals(last, last(room), way);
        }
    }

    private void toBob(String room, String deed) {
        String body = "{\"user_id\":\"" + bob.userId() + "\"}";
        assertEquals("200", alice.post(in(room, deed), body).outcome());
    }

    private String last(String room) {
        JsonArray events = chunk(alice.get(in(room, "messages?dir=b&limit=1")));
        return ((JsonObject) events.values().getFirst()).string("event_id").orElseThrow();
    }

    @Test
    void membersAreListedNowAndAsTheyWere() {
        String room = alice.createRoom("{\"preset\":\"public_chat\"}");
        String early = alice.get(in(room, "messages?dir=b&limit=1")).string("start");
        bob.join(room);
        assertEquals(2, chunk(alice.get(in(room, "members"))).size());
        assertEquals(1, chunk(alice.get(in(room, "members?at=" + early))).size());
        assertEquals(0, chunk(alice.get(in(room, "members?membership=leave"))).size());
        bob.post(in(room, "leave"), "{}");
        assertEquals(1, chunk(alice.get(in(room, "members?membership=leave"))).size());
        assertEquals(1, chunk(alice.get(in(room, "members?not_membership=leave"))).size());
        JsonObject joined =
                alice.get(in(room, "joined_members")).body().object("joined").orElseThrow();
        assertEquals(List.of(alice.userId()), List.copyOf(joined.names()));
    }

    @Test
    void aRoomIsFoundByItsAliasAndInTheDirectory() {
        String room =
                alice.createRoom(
                        """
                        {"visibility":"public","room_alias_name":"pub/lic","name":"Pub","topic":"beer"}
                        """);
        String alias = "#pub/lic:" + TestHearth.NAME;
        assertEquals(room, bob.get("directory/room/" + encoded(alias)).string("room_id"));
        assertEquals(room, bob.join(alias).string("room_id"));
        Answer found = bob.post("publicRooms", "{\"filter\":{\"generic_search_term\":\"BEER\"}}");
        JsonObject entry = (JsonObject) chunk(found).values().getFirst();
        assertEquals(room, entry.string("room_id").orElseThrow());
        assertEquals(alias, entry.string("canonical_alias").orElseThrow());
        assertEquals(2, entry.integer("num_joined_members").orElseThrow());
        assertEquals(
                "public", bob.get("directory/list/room/" + encoded(room)).string("visibility"));
        assertEquals(
                "403 M_FORBIDDEN",
                bob.put("directory/list/room/" + encoded(room), "{\"visibility\":\"private\"}")
                        .outcome());
        String second = "#second:" + TestHearth.NAME;
        assertEquals(
                "200",
                bob.put("directory/room/" + encoded(second), "{\"room_id\":\"" + room + "\"}")
                        .outcome());
        assertEquals(
                List.of(alias, second),
                alice.get(in(room, "aliases")).body().array("aliases").get().strings().get());
        assertEquals(
                "200", bob.request("DELETE", "directory/room/" + encoded(second), null).outcome());
        assertEquals("404 M_NOT_FOUND", bob.get("directory/room/" + encoded(second)).outcome());
    }

    @Test
    void aRoomThatNobodyIsInIsNotInTheDirectory() {
        String body = "{\"visibility\":\"public\",\"name\":\"deserted\"}";
        String left = alice.createRoom(body);
        String kept = alice.createRoom(body);
        bob.join(left);
        alice.leave(left);
        assertEquals(Set.of(left, kept), found("deserted"));
        bob.leave(left);
        assertEquals(Set.of(kept), found("deserted"));
    }

    /// The rooms that the directory finds by a text, which are as many as it says.
    private Set<String> found(String term) {
        String filter = "{\"filter\":{\"generic_search_term\":\"" + term + "\"}}";
        Answer page = bob.post("publicRooms", filter);
        Set<String> rooms = new HashSet<>();
        chunk(page).forEach(r -> rooms.add(((JsonObject) r).string("room_id").get()));
        assertEquals(rooms.size(), page.body().integer("total_room_count_estimate").orElseThrow());
        return rooms;
    }

    @Test
    void aRoomNamesTheAliasThatIsMadeWithItAndNoOther() {
        String body =
                """
                {"visibility": "public", "room_alias_name": "%s", "name": "lookalike",
                 "initial_state": [
                  {"type": "m.room.canonical_alias", "content": {"alias": "%s"}}]}
                """;
        String own = "#looks:" + TestHearth.NAME;
        String room = alice.createRoom(body.formatted("looks", own));
        assertEquals(own, alice.get(in(room, "state/m.room.canonical_alias")).string("alias"));
        assertEquals(
                "400 M_INVALID_ROOM_STATE",
                bob.post("createRoom", body.formatted("alike", own)).outcome());
        assertEquals(Set.of(room), found("lookalike"));
        assertEquals(
                "404 M_NOT_FOUND",
                bob.get("directory/room/" + encoded("#alike:" + TestHearth.NAME)).outcome());
    }

    @Test
    void theDirectoryPagesThroughAllRoomsOnce() {
        for (int i = 0; i < 5; i++) {
            alice.createRoom("{\"visibility\":\"public\",\"name\":\"paged " + i + "\"}");
        }
        List<String> seen = new ArrayList<>();
        String since = "";
        while (true) {
            Answer page =
                    bob.post(
                            "publicRooms",
                            "{\"limit\":2,\"filter\":{\"generic_search_term\":\"paged\"}%s}"
                                    .formatted(since));
            chunk(page).forEach(r -> seen.add(((JsonObject) r).string("room_id").get()));
            assertEquals(5, page.body().integer("total_room_count_estimate").orElseThrow());
            if (!page.body().has("next_batch")) {
                break;
            }
            since = ",\"since\":\"" + page.string("next_batch") + "\"";
        }
        assertEquals(5, seen.size());
        assertEquals(5, Set.copyOf(seen).size());
    }

    @Test
    void stateIsReadAsContentOrAsTheEvent() {
        String room = alice.createRoom("{\"name\":\"R\"}");
        JsonObject content = alice.get(in(room, "state/m.room.name?format=content")).body();
        assertEquals(JsonObject.of("name", "R"), content);
        Answer event = alice.get(in(room, "state/m.room.name?format=event"));
        assertEquals(content, event.body().object("content").orElseThrow());
        String byId = "event/" + encoded(event.string("event_id"));
        assertEquals(alice.get(in(room, byId)).string("type"), event.string("type"));
    }

    @Test
    void aRedactionMayComeAsAPlainEvent() {
        for (String version : List.of("10", "11")) {
            String room = alice.createRoom("{\"room_version\":\"" + version + "\"}");
            String event = alice.say(room, "r" + version, "secret");
            Answer redacted =
                    alice.put(
                            in(room, "send/m.room.redaction/r2"),
                            "{\"redacts\":\"" + event + "\"}");
            assertEquals("200", redacted.outcome());
            assertFalse(
                    alice.get(in(room, "event/" + encoded(event))).toString().contains("secret"));
        }
    }

    @Test
    void anEventIsFoundByItsTime() {
        String room = alice.createRoom("{}");
        String first = alice.say(room, "ts1", "first");
        String second = alice.say(room, "ts2", "second");
        long time =
                alice.get(in(room, "event/" + encoded(first)))
                        .body()
                        .integer("origin_server_ts")
                        .orElseThrow();
        String search = "_matrix/client/v1/rooms/" + encoded(room) + "/timestamp_to_event?";
        Answer before = alice.get(search + "dir=b&ts=9999999999999");
        assertEquals(second, before.string("event_id"));
        Answer after = alice.get(search + "dir=f&ts=" + time);
        assertEquals(time, after.body().integer("origin_server_ts").orElseThrow());
        assertEquals("404 M_NOT_FOUND", alice.get(search + "dir=b&ts=1").outcome());
        assertEquals("404 M_NOT_FOUND", alice.get(search + "dir=f&ts=9999999999999").outcome());
    }

    private Answer invite(String room, TestClient whom) {
        return alice.post(in(room, "invite"), "{\"user_id\":\"" + whom.userId() + "\"}");
    }

    private static JsonArray chunk(Answer answer) {
        return answer.body()
                .array("chunk")
                .orElseThrow(() -> new AssertionError(answer.toString()));
    }
}
