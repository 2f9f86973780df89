package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.history.PageBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Answers whose rooms are too large to be in memory together.
final class LargeSyncTest extends AliceAndBob {
    private static final int LARGE = 63_000;
    private static final String MANY = "{\"room\":{\"timeline\":{\"limit\":100}}}";

    @Test
    void aTimelineEndsByBytesAndPagesLeadOn() {
        String room = alice.room("private_chat");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            sent.add(alice.say(room, "x".repeat(LARGE)));
        }
        JsonObject timeline = room(sync(MANY), "join", room).object("timeline").orElseThrow();
        List<String> shown = ids(timeline);
        assertEquals(PageBudget.BYTES_MAX / LARGE, shown.size());
        assertEquals(sent.subList(sent.size() - shown.size(), sent.size()), shown);
        assertEquals(JsonBoolean.TRUE, timeline.value("limited"));
        JsonObject before =
                alice.get(
                                in(
                                        room,
                                        "messages?dir=b&limit=5&from="
                                                + timeline.string("prev_batch").orElseThrow()))
                        .body();
        assertEquals(
                sent.get(sent.size() - shown.size() - 1),
                ids(before.array("chunk").orElseThrow()).getFirst());
    }

    @Test
    void aStateLargerThanAPageIsThereWhole() {
        String room = alice.room("private_chat");
        for (int i = 0; i < 40; i++) {
            alice.state(room, "big", "k" + i, "{\"text\":\"" + "z".repeat(LARGE - 1_000) + "\"}");
        }
        alice.say(room, "the last");
        Set<String> expected = new HashSet<>(ids((JsonArray) alice.get(in(room, "state")).json()));
        JsonObject after =
                room(alice.get("sync?use_state_after=true").body(), "join", room)
                        .object("state_after")
                        .orElseThrow();
        assertEquals(expected, new HashSet<>(ids(after)));
        JsonObject joined = room(sync(MANY), "join", room);
        Set<String> both = new HashSet<>(ids(joined.object("state").orElseThrow()));
        both.addAll(ids(joined.object("timeline").orElseThrow()));
        assertTrue(both.containsAll(expected));
    }

    @Test
    void whatIsWrittenGroupByGroupIsWhatIsWrittenRoomByRoom() {
        List<String> joined = new ArrayList<>();
        for (int r = 0; r < 6; r++) {
            String room = alice.room("private_chat");
            for (int i = 0; i < 2 + 2 * r; i++) {
                alice.say(room, r + " " + i + "x".repeat(LARGE));
            }
            joined.add(room);
        }
        for (int r = 0; r < 20; r++) {
            joined.add(alice.createRoom("{\"name\":\"small " + r + "\"}"));
        }
        String left = bob.room("public_chat");
        alice.join(left);
        bob.say(left, "y".repeat(LARGE));
        alice.leave(left);
        String invited = bob.room("private_chat");
        bob.invite(invited, alice);

        JsonObject whole = sync("{\"room\":{\"include_leave\":true}}");
        assertEquals(Set.copyOf(joined), section(whole, "join").members().keySet());
        assertEquals(Set.of(invited), section(whole, "invite").members().keySet());
        assertEquals(Set.of(left), section(whole, "leave").members().keySet());
        for (String room : joined) {
            String alone = "{\"room\":{\"include_leave\":true,\"rooms\":[\"" + room + "\"]}}";
            assertEquals(
                    ageless(room(sync(alone), "join", room)), ageless(room(whole, "join", room)));
        }
        String alone = "{\"room\":{\"include_leave\":true,\"rooms\":[\"" + left + "\"]}}";
        assertEquals(
                ageless(room(sync(alone), "leave", left)), ageless(room(whole, "leave", left)));
    }

    @Test
    void settingsLargerThanAPageAreThereWhole() {
        String room = alice.room("private_chat");
        String since = alice.sync("").next();
        for (String place : Arrays.asList(null, room)) {
            for (int i = 0; i < 20; i++) {
                alice.accountData(place, "large" + i, "{\"t\":\"" + "x".repeat(LARGE) + "\"}");
                alice.accountData(place, "small" + i, "{\"n\":" + i + "}");
            }
        }
        for (String query : List.of("sync", "sync?since=" + since)) {
            JsonObject answer = alice.get(query).body();
            for (JsonObject holder : List.of(answer, room(answer, "join", room))) {
                List<String> types = types(holder);
                assertTrue(types.containsAll(List.of("large0", "large19", "small0", "small19")));
                assertEquals(40, types.stream().filter(type -> !type.contains(".")).count());
                assertTrue(holder.toString().length() > 20 * LARGE);
            }
        }
    }

    @Test
    void settingsOfARoomThatComesIntoAnAnswerAreThereWhole() {
        String room = bob.room("public_chat");
        alice.join(room);
        for (int i = 0; i < 20; i++) {
            alice.accountData(room, "large" + i, "{\"t\":\"" + "x".repeat(LARGE) + "\"}");
        }
        alice.leave(room);
        String since = alice.sync("").next();
        alice.join(room);
        JsonObject joined = room(alice.get("sync?since=" + since).body(), "join", room);
        assertEquals(20, types(joined).size());
        assertTrue(joined.toString().length() > 20 * LARGE);
    }

    @Test
    void invitesWithLargeStateAreAllThere() {
        Set<String> invited = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            String room = bob.room("private_chat");
            bob.state(room, "m.room.topic", "", "{\"topic\":\"" + "t".repeat(LARGE) + "\"}");
            bob.state(room, "m.room.name", "", "{\"name\":\"" + "n".repeat(LARGE) + "\"}");
            bob.invite(room, alice);
            invited.add(room);
        }
        JsonObject shown = section(alice.get("sync").body(), "invite");
        assertEquals(invited, shown.members().keySet());
        for (String room : invited) {
            assertTrue(shown.object(room).orElseThrow().toString().length() > 2 * LARGE);
        }
    }

    private static List<String> types(JsonObject holder) {
        List<String> types = new ArrayList<>();
        for (JsonValue event :
                holder.object("account_data").flatMap(data -> data.array("events")).orElseThrow()) {
            types.add(((JsonObject) event).string("type").orElseThrow());
        }
        return types;
    }

    @Test
    void aRoomThatComesIntoAnAnswerIsLimitedWhateverItsLength() {
        String since = bob.sync("").next();
        String room = alice.room("public_chat");
        bob.join(room);
        JsonObject joined =
                room(bob.get("sync?since=" + since).body(), "join", room)
                        .object("timeline")
                        .orElseThrow();
        assertEquals(JsonBoolean.TRUE, joined.value("limited"));
        JsonObject first =
                room(bob.get("sync?filter=" + encoded(MANY)).body(), "join", room)
                        .object("timeline")
                        .orElseThrow();
        assertEquals(JsonBoolean.FALSE, first.value("limited"), "nothing is left out of it");
    }

    private JsonObject sync(String filter) {
        return alice.get("sync?filter=" + encoded(filter)).body();
    }

    private static JsonObject section(JsonObject answer, String section) {
        return answer.object("rooms").flatMap(rooms -> rooms.object(section)).orElseThrow();
    }

    private static JsonObject room(JsonObject answer, String section, String room) {
        return section(answer, section).object(room).orElseThrow();
    }

    private static String ageless(JsonObject room) {
        return room.toString().replaceAll("\"age\":[0-9]+", "");
    }

    private static List<String> ids(JsonObject list) {
        return ids(list.array("events").orElseThrow());
    }

    private static List<String> ids(JsonArray events) {
        List<String> ids = new ArrayList<>();
        for (JsonValue event : events) {
            ids.add(((JsonObject) event).string("event_id").orElseThrow());
        }
        return ids;
    }
}
