package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.history.PageBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `/context`, `/members` and `/publicRooms` give of what is there, by what is asked for.
final class ReadingByFilterTest extends AliceAndBob {
    private String room;

    @BeforeEach
    void open() {
        room = alice.createRoom("{\"preset\":\"public_chat\",\"name\":\"R\"}");
        bob.join(room);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"types":["m.room.name"]}                           | m.room.name
                    {"types":["m.room.message"]}                        |
                    {"not_types":["m.room.*"]}                          |
                    {"types":["m.room.name"],"not_rooms":["$room"]}     |
                    {"types":["m.room.na*","m.room.member"],"lazy_load_members":true,"not_senders":["@bob:hearth.test"]} | m.room.member m.room.name
                    """)
    void theStateAroundAnEventIsFiltered(String filter, String types) {
        String event = alice.say(room, "here");
        String query = "?limit=0&filter=" + encoded(filter.replace("$room", room));
        JsonObject context = alice.get(in(room, "context/" + encoded(event) + query)).body();
        assertEquals(event, context.object("event").orElseThrow().string("event_id").orElseThrow());
        assertEquals(
                types == null ? List.of() : List.of(types.split(" ")),
                strings(context, "state", "type").stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'', alice bob carol dave",
        "membership=join, alice bob",
        "not_membership=join, carol dave",
        "membership=join&not_membership=leave, alice bob carol",
        "membership=leave&not_membership=leave, alice bob carol dave",
        "membership=join&not_membership=join, alice bob carol dave"
    })
    void membersAreOfTheOneOrNotOfTheOther(String query, String names) {
        alice.invite(room, server.register("carol"));
        var dave = server.register("dave");
        dave.join(room);
        dave.leave(room);
        assertEquals(
                List.of(names.split(" ")).stream()
                        .map(name -> "@" + name + ":" + TestHearth.NAME)
                        .toList(),
                strings(alice.get(in(room, "members?" + query)).body(), "chunk", "state_key")
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void longNamesAndTopicsAreCutInTheDirectory() {
        String emoji = "\ud83d\ude00";
        String named =
                alice.createRoom(
                        "{\"visibility\":\"public\",\"preset\":\"public_chat\",\"name\":\"x"
                                + emoji.repeat(200)
                                + "\",\"topic\":\""
                                + "t".repeat(20_000)
                                + "\"}");
        alice.state(
                named, "m.room.avatar", "", "{\"url\":\"mxc://hs/" + "a".repeat(50_000) + "\"}");
        JsonObject entry =
                (JsonObject)
                        bob.get("publicRooms")
                                .body()
                                .array("chunk")
                                .orElseThrow()
                                .values()
                                .getFirst();
        assertEquals("x" + emoji.repeat(127), entry.string("name").orElseThrow());
        assertEquals("t".repeat(1_000), entry.string("topic").orElseThrow());
        assertEquals(Optional.empty(), entry.string("avatar_url"));
    }

    @Test
    void aFullPageOfTheDirectoryIsBounded() {
        for (int i = 0; i < 101; i++) {
            alice.createRoom(
                    "{\"visibility\":\"public\",\"preset\":\"public_chat\",\"name\":\""
                            + "\u20ac".repeat(2_000)
                            + "\",\"topic\":\""
                            + "\u20ac".repeat(10_000)
                            + "\"}");
        }
        JsonObject page = bob.get("publicRooms?limit=100000").body();
        assertEquals(100, page.array("chunk").orElseThrow().size());
        int bytes = page.toString().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < PageBudget.BYTES_MAX, "bytes: " + bytes);
    }

    @Test
    void membersAsOfBeforeTheRoomAreThoseWhoMadeIt() {
        String before = alice.sync("").next();
        String later = alice.room("private_chat");
        alice.invite(later, bob);
        assertEquals(
                List.of(alice.userId()),
                strings(
                        alice.get(in(later, "members?at=" + encoded(before))).body(),
                        "chunk",
                        "state_key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"messages", "messages?from=", "messages?dir=f&from=", "messages?from=&to="})
    void messagesBeginAtTheBeginningUnlessToldOtherwise(String path) {
        assertEquals(
                "m.room.create",
                strings(alice.get(in(room, path)).body(), "chunk", "type").getFirst());
    }

    @Test
    void anEmptyTokenIsNoToken() {
        String last = alice.say(room, "here");
        JsonObject page = alice.get(in(room, "messages?dir=b&from=&to=")).body();
        assertEquals(last, strings(page, "chunk", "event_id").getFirst());
        alice.createRoom("{\"visibility\":\"public\",\"name\":\"listed\"}");
        JsonObject directory = alice.get("publicRooms?since=&server=").body();
        assertEquals(List.of("listed"), strings(directory, "chunk", "name"));
        JsonObject searched = alice.post("publicRooms", "{\"since\":\"\"}").body();
        assertEquals(List.of("listed"), strings(searched, "chunk", "name"));
        assertEquals("400 M_INVALID_PARAM", alice.get(in(room, "messages?from=x")).outcome());
        assertEquals("400 M_INVALID_PARAM", alice.get(in(room, "messages?dir=x")).outcome());
    }

    @Test
    void whetherOneMayReadIsAskedFirst() {
        String closed = alice.room("private_chat");
        for (String path : List.of("messages?dir=x", "messages?from=x", "messages?filter=x")) {
            assertEquals("403 M_FORBIDDEN", bob.get(in(closed, path)).outcome(), path);
        }
        assertEquals(
                "403 M_FORBIDDEN",
                bob.get("_matrix/client/v1/" + in(closed, "timestamp_to_event?dir=x")).outcome());
    }

    @Test
    void aDirectoryWithoutALimitOfItsOwnGivesWhatTheServerGives() {
        listed("one");
        listed("two");
        assertEquals(2, strings(bob.get("publicRooms?limit=0").body(), "chunk", "name").size());
        assertEquals(
                2,
                strings(bob.post("publicRooms", "{\"limit\":0}").body(), "chunk", "name").size());
    }

    @Test
    void aNetworkThatNobodyKnowsHasNoRooms() {
        listed("one");
        JsonObject none = bob.post("publicRooms", "{\"third_party_instance_id\":\"irc\"}").body();
        assertEquals(List.of(), strings(none, "chunk", "name"));
        assertEquals(0, none.integer("total_room_count_estimate").orElseThrow());
        String all = "{\"include_all_networks\":true,\"third_party_instance_id\":null}";
        assertEquals(List.of("one"), strings(bob.post("publicRooms", all).body(), "chunk", "name"));
        assertEquals(
                "400 M_INVALID_PARAM",
                bob.post(
                                "publicRooms",
                                "{\"include_all_networks\":true,\"third_party_instance_id\":\"irc\"}")
                        .outcome());
    }

    private void listed(String name) {
        alice.createRoom("{\"visibility\":\"public\",\"name\":\"" + name + "\"}");
    }

    private static List<String> strings(JsonObject answer, String list, String member) {
        return answer.array(list).orElseThrow().values().stream()
                .map(each -> ((JsonObject) each).string(member).orElseThrow())
                .toList();
    }
}
