package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.sign.JsonSigner;
import chat.hearth.protocol.sign.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ways into rooms besides `/join`, which let nobody in whom that would refuse. See [Restricted
/// rooms](https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms).
final class JoiningTest extends AliceAndBob {
    private static final String AUTHORISED_BY = "join_authorised_via_users_server";

    /// A room of Alice's for whom she lets into `other`.
    private String restricted(String version, String rule, String other) {
        return alice.createRoom(
                """
                {"room_version": "%s", "initial_state": [{"type": "m.room.join_rules", "content":
                 {"join_rule": "%s", "allow": [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                """
                        .formatted(version, rule, other));
    }

    private static String memberPath(String room, TestClient user) {
        return in(room, "state/m.room.member/" + encoded(user.userId()));
    }

    private JsonObject member(String room, TestClient user) {
        return alice.get(memberPath(room, user)).body();
    }

    /// A join as it came from one whom Alice let in.
    private String joinByAlice() {
        return JsonObject.builder()
                .put("membership", "join")
                .put(AUTHORISED_BY, alice.userId())
                .build()
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"8, restricted", "10, knock_restricted", "12, restricted", "12, knock_restricted"})
    void nobodySaysThemselvesWhoLetsThemIn(String version, String rule) {
        String room = restricted(version, rule, alice.room("private_chat"));
        assertEquals("403 M_FORBIDDEN", bob.put(memberPath(room, bob), joinByAlice()).outcome());
        assertEquals("404 M_NOT_FOUND", alice.get(memberPath(room, bob)).outcome());
        if (rule.startsWith("knock")) {
            assertEquals("200", bob.post("knock/" + encoded(room), "{}").outcome());
            assertEquals(
                    "403 M_FORBIDDEN", bob.put(memberPath(room, bob), joinByAlice()).outcome());
            assertEquals("knock", member(room, bob).string("membership").orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({"8, restricted", "10, knock_restricted", "12, restricted"})
    void whoMeetsTheConditionIsLetInByAPlainEvent(String version, String rule) {
        String other = alice.room("public_chat");
        String room = restricted(version, rule, other);
        assertEquals("200", bob.join(other).outcome());
        bob.put("profile/" + bob.userId() + "/displayname", "{\"displayname\":\"Bob\"}");
        Answer joined =
                bob.put(
                        memberPath(room, bob),
                        "{\"membership\":\"join\",\"reason\":\"hi\",\"%s\":\"%s\"}"
                                .formatted(AUTHORISED_BY, bob.userId()));
        assertEquals("200", joined.outcome(), joined::toString);
        JsonObject content =
                bob.get(in(room, "event/" + encoded(joined.string("event_id"))))
                        .body()
                        .object("content")
                        .orElseThrow();
        assertEquals(
                JsonObject.builder()
                        .put("membership", "join")
                        .put("reason", "hi")
                        .put("displayname", "Bob")
                        .put(AUTHORISED_BY, alice.userId())
                        .build(),
                content);
    }

    @Test
    void whoCopiesTheirMemberEventDoesNotCopyWhoLetThemIn() {
        String other = alice.room("public_chat");
        String room = restricted("12", "restricted", other);
        bob.join(other);
        bob.join(room);
        JsonObject before = member(room, bob);
        assertEquals(Optional.of(alice.userId()), before.string(AUTHORISED_BY));
        JsonObject copy = JsonObject.builder().putAll(before).put("displayname", "B").build();
        assertEquals("200", bob.put(memberPath(room, bob), copy.toString()).outcome());
        assertEquals(copy.without(AUTHORISED_BY), member(room, bob));
    }

    @Test
    void anInviteSaysOfNobodyThatTheyLetSomebodyIn() {
        String room = alice.room("private_chat");
        String invite = joinByAlice().replace("\"join\"", "\"invite\"");
        assertEquals("200", alice.put(memberPath(room, bob), invite).outcome());
        assertFalse(member(room, bob).has(AUTHORISED_BY));
    }

    @Test
    void aNameForOneRoomGoesInWithThePlainEvent() {
        bob.put("profile/" + bob.userId() + "/displayname", "{\"displayname\":\"Bob\"}");
        String room = alice.room("public_chat");
        assertEquals(
                "200",
                bob.put(
                                memberPath(room, bob),
                                "{\"membership\":\"join\",\"displayname\":\"Robert\"}")
                        .outcome());
        assertEquals(Optional.of("Robert"), member(room, bob).string("displayname"));
    }

    /// The auth rules would allow it: they let a third party's word stand for everything else.
    @Test
    void nobodyInvitesByAThirdPartysWord() {
        String room = alice.room("private_chat");
        alice.invite(room, bob);
        bob.join(room);
        var key = new SigningKey("1", "k".repeat(32).getBytes(StandardCharsets.UTF_8));
        bob.state(
                room,
                "m.room.third_party_invite",
                "token",
                "{\"display_name\":\"x\",\"public_key\":\"%s\",\"key_validity_url\":\"https://x\"}"
                        .formatted(key.verifyKey().base64()));
        alice.post(in(room, "kick"), "{\"user_id\":\"" + bob.userId() + "\"}");
        for (TestClient target : new TestClient[] {bob, alice}) {
            JsonObject signed =
                    new JsonSigner(TestHearth.NAME, key)
                            .sign(
                                    JsonObject.builder()
                                            .put("mxid", target.userId())
                                            .put("token", "token")
                                            .build());
            JsonObject invite =
                    JsonObject.builder()
                            .put("membership", "invite")
                            .put(
                                    "third_party_invite",
                                    JsonObject.builder()
                                            .put("display_name", "x")
                                            .put("signed", signed)
                                            .build())
                            .build();
            assertEquals(
                    "403 M_THREEPID_DENIED",
                    bob.put(memberPath(room, target), invite.toString()).outcome());
        }
        assertEquals(Optional.of("leave"), member(room, bob).string("membership"));
        assertEquals(Optional.of("join"), member(room, alice).string("membership"));
    }

    @Test
    void aJoinOnAThirdPartysWordIsRefusedSinceThereIsNoInviteThatItMatches() {
        String room = alice.room("public_chat");
        String signed =
                """
                {"third_party_signed": {"sender": "%s", "mxid": "%s", "token": "t",
                 "signatures": {"id.test": {"ed25519:0": "c2lnbmVk"}}}}
                """
                        .formatted(alice.userId(), bob.userId());
        for (String path : new String[] {in(room, "join"), "join/" + encoded(room)}) {
            assertEquals("403 M_THREEPID_DENIED", bob.post(path, signed).outcome());
            assertEquals("400 M_BAD_JSON", bob.post(path, "{\"third_party_signed\":5}").outcome());
            assertEquals("404 M_NOT_FOUND", alice.get(memberPath(room, bob)).outcome());
        }
        assertEquals("200", bob.post(in(room, "join"), "{\"third_party_signed\":null}").outcome());
    }
}
