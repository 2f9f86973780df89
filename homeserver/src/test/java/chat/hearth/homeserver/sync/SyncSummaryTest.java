package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The summary of a room says how many members it has and what it is named after, whatever a client
/// wants to see of what happened.
final class SyncSummaryTest extends SyncOnBothDatabases {
    private static JsonObject summary(SyncAnswer answer, String room) {
        return answer.in(JOIN, room).object("summary").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"types\":[\"m.room.message\"]}",
                "{\"not_types\":[\"m.room.member\"]}",
                "{\"not_rooms\":[\"ROOM\"]}"
            })
    void theSummaryIsTrueThoughTheFilterLeavesMembersOut(String timeline) {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        String filter =
                filter(
                        "{\"room\":{\"timeline\":%s,\"state\":{\"types\":[]}}}"
                                .formatted(timeline.replace("ROOM", room)));
        SyncAnswer first = alice.sync(filter);
        alice.say(room, "no news of members");
        SyncAnswer talked = alice.since(first, filter);
        bob.join(room);
        SyncAnswer joined = alice.since(talked, filter);
        alice.say(room, "before the name");
        alice.name(room, "named");
        alice.say(room, "after the name");
        SyncAnswer named = alice.since(joined, filter);

        assertFalse(talked.has(JOIN, room) && talked.in(JOIN, room).has("summary"));
        assertEquals(2, summary(joined, room).integer("m.joined_member_count").orElseThrow());
        assertEquals(List.of(bob.id()), heroes(joined, room));
        assertEquals(List.of(), heroes(named, room));
        assertFalse(alice.since(named, filter).has(JOIN, room));
    }

    private static List<String> heroes(SyncAnswer answer, String room) {
        return summary(answer, room)
                .array("m.heroes")
                .orElse(JsonArray.EMPTY)
                .strings()
                .orElseThrow();
    }
}
