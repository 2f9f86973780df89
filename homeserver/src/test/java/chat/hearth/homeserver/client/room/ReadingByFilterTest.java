package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
