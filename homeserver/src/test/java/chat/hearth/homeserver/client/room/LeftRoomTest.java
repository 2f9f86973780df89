package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a room shows to those who were in it: all that they could see then, and nothing that came
/// afterwards. See [Room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
final class LeftRoomTest extends AliceAndBob {
    private String room;

    @BeforeEach
    void makeTheRoom() {
        room =
                alice.createRoom(
                        """
                        {"preset": "public_chat", "name": "old", "room_alias_name": "the-room"}
                        """);
        bob.join(room);
    }

    private String event(String id) {
        return bob.get(in(room, "event/" + encoded(id))).toString();
    }

    private String context(String id) {
        return bob.get(in(room, "context/" + encoded(id))).toString();
    }

    private String bobsHistory() {
        return bob.get(in(room, "messages?dir=b&limit=100")).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "joined"})
    void whyAnEventWasRedactedAfterTheLeavingIsNotSaid(String visibility) {
        alice.state(
                room,
                "m.room.history_visibility",
                "",
                JsonObject.of("history_visibility", visibility).toString());
        String topic = alice.state(room, "m.room.topic", "", "{\"topic\":\"t\"}");
        String before = alice.say(room, "before");
        redact(before, "said while bob was there");
        String after = alice.say(room, "after");
        bob.leave(room);
        redact(after, "hidden");
        redact(topic, "hidden");

        String state = bob.get(in(room, "state")).toString();
        for (String shown : new String[] {bobsHistory(), event(after), context(after), state}) {
            assertFalse(shown.contains("hidden"), shown);
        }
        assertTrue(event(before).contains("said while bob was there"));
        assertTrue(
                alice.get(in(room, "event/" + encoded(after))).toString().contains("hidden"),
                "those who are there are told why");
    }

    private void redact(String event, String reason) {
        alice.put(
                in(room, "redact/" + encoded(event) + "/" + encoded(event)),
                JsonObject.of("reason", reason).toString());
    }

    /// How somebody who has left comes nearer again, or further away, without being in the room.
    enum Since {
        INVITED {
            @Override
            void happens(LeftRoomTest test) {
                test.alice.invite(test.room, test.bob);
            }
        },
        KNOCKING {
            @Override
            void happens(LeftRoomTest test) {
                test.alice.state(test.room, "m.room.join_rules", "", "{\"join_rule\":\"knock\"}");
                assertEquals("200", test.bob.post("knock/" + encoded(test.room), "{}").outcome());
            }
        },
        TURNED_AN_INVITE_DOWN {
            @Override
            void happens(LeftRoomTest test) {
                test.alice.invite(test.room, test.bob);
                test.bob.leave(test.room);
            }
        },
        BANNED {
            @Override
            void happens(LeftRoomTest test) {
                test.toBob("ban");
            }
        },
        UNBANNED {
            @Override
            void happens(LeftRoomTest test) {
                test.toBob("ban");
                test.toBob("unban");
            }
        };

        abstract void happens(LeftRoomTest test);
    }

    private void toBob(String deed) {
        String body = JsonObject.of("user_id", bob.userId()).toString();
        assertEquals("200", alice.post(in(room, deed), body).outcome());
    }

    @ParameterizedTest
    @EnumSource
    void whoWasThereReadsWhatTheyCouldReadWhateverBecameOfThem(Since since) {
        String seen = alice.say(room, "seen");
        bob.leave(room);
        String unseen = alice.say(room, "unseen");
        alice.state(room, "m.room.name", "", "{\"name\":\"new\"}");
        server.register("carol").join(room);
        since.happens(this);

        assertTrue(bobsHistory().contains("\"seen\""), this::bobsHistory);
        assertFalse(bobsHistory().contains("unseen"), this::bobsHistory);
        assertTrue(event(seen).contains("\"seen\""));
        assertTrue(context(seen).contains("\"seen\""), () -> context(seen));
        assertTrue(context(unseen).contains("M_NOT_FOUND"), () -> context(unseen));
        assertEquals("old", bob.get(in(room, "state/m.room.name")).string("name"));
        String members = bob.get(in(room, "members")).toString();
        assertTrue(members.contains(bob.userId()), members);
        assertFalse(members.contains("carol"), members);
        String now = alice.sync("").next();
        assertEquals(members, bob.get(in(room, "members?at=" + encoded(now))).toString());
        assertFalse(bob.get(in(room, "state")).toString().contains("carol"));
    }

    @Test
    void whoWasNeverThereReadsNothingWhenInvited() {
        var carol = server.register("carol");
        alice.invite(room, carol);
        for (String path : new String[] {"messages?dir=b", "state", "members"}) {
            assertEquals("403 M_FORBIDDEN", carol.get(in(room, path)).outcome(), path);
        }
    }

    @Test
    void theAliasesAreForThoseWhoAreThereAndWhereTheWorldMayRead() {
        String path = in(room, "aliases");
        var carol = server.register("carol");
        assertEquals("200", bob.get(path).outcome());
        bob.leave(room);
        assertEquals("403 M_FORBIDDEN", bob.get(path).outcome(), "left");
        toBob("ban");
        assertEquals("403 M_FORBIDDEN", bob.get(path).outcome(), "banned");
        assertEquals("403 M_FORBIDDEN", carol.get(path).outcome(), "never there");

        alice.state(
                room,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"world_readable\"}");

        assertEquals("200", bob.get(path).outcome());
        assertEquals("200", carol.get(path).outcome());
    }
}
