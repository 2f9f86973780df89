package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever is invited is there to hear of it, in whichever way they are invited. An invite to a
/// name with a slip of the pen in it would otherwise seem to work, and wait for whoever registers
/// that name.
final class InvitedUsersTest extends AliceAndBob {
    private String room;

    enum Way {
        INVITE,
        STATE,
        CREATE
    }

    @BeforeEach
    void make() {
        room = alice.room("private_chat");
    }

    private Answer invite(Way way, String user) {
        return switch (way) {
            case INVITE ->
                    alice.post(in(room, "invite"), JsonObject.of("user_id", user).toString());
            case STATE ->
                    alice.put(
                            in(room, "state/m.room.member/" + encoded(user)),
                            "{\"membership\":\"invite\"}");
            case CREATE -> alice.post("createRoom", "{\"invite\":[\"" + user + "\"]}");
        };
    }

    private void assertNothingCame() {
        assertEquals(
                1, alice.get("joined_rooms").body().array("joined_rooms").orElseThrow().size());
        assertEquals(1, alice.get(in(room, "members")).body().array("chunk").orElseThrow().size());
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotExistIsNotInvited(Way way) {
        Answer refused = invite(way, "@bobb:hearth.test");

        assertEquals("404 M_NOT_FOUND", refused.outcome());
        assertEquals("There is no user @bobb:hearth.test", refused.string("error"));
        assertNothingCame();
    }

    @ParameterizedTest
    @EnumSource
    void whoseAccountIsClosedIsNotInvited(Way way) {
        String auth =
                """
                {"auth":{"type":"m.login.password","password":"%s",
                "identifier":{"type":"m.id.user","user":"bob"}}}
                """
                        .formatted(TestHearth.PASSWORD);
        assertEquals("200", bob.post("account/deactivate", auth).outcome());

        assertEquals("403 M_FORBIDDEN", invite(way, bob.userId()).outcome());
        assertNothingCame();
    }

    @ParameterizedTest
    @EnumSource
    void whoExistsIs(Way way) {
        assertEquals("200", invite(way, bob.userId()).outcome());
    }

    /// Who is not in the room is told that, and nothing about who exists.
    @Test
    void whoMayNotInviteLearnsNothing() {
        assertEquals(
                "403 M_FORBIDDEN",
                bob.post(in(room, "invite"), "{\"user_id\":\"@bobb:hearth.test\"}").outcome());
        assertEquals(
                "403 M_FORBIDDEN",
                bob.put(
                                in(room, "state/m.room.member/@bobb:hearth.test"),
                                "{\"membership\":\"invite\"}")
                        .outcome());
    }

    /// A ban may come before the user.
    @Test
    void whoDoesNotExistMayBeBanned() {
        assertEquals(
                "200",
                alice.post(in(room, "ban"), "{\"user_id\":\"@spam:hearth.test\"}").outcome());
    }
}
