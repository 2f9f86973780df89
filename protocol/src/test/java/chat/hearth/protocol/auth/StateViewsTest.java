package chat.hearth.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.room.RoomVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the rules read from create events, join rules and memberships.
class StateViewsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{'membership': 'join'}, JOIN",
                "{'membership': 'invite'}, INVITE",
                "{'membership': 'knock'}, KNOCK",
                "{'membership': 'leave'}, LEAVE",
                "{'membership': 'ban'}, BAN",
                "{'membership': 'guest'}, LEAVE",
                "{'membership': ['join']}, LEAVE",
                "{}, LEAVE",
                ", LEAVE"
            })
    void readsAMembership(@Nullable String content, Membership expected) {
        assertEquals(expected, Membership.of(content == null ? null : Scene.json(content)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{'join_rule': 'public'}, PUBLIC",
                "{'join_rule': 'invite'}, INVITE",
                "{'join_rule': 'knock'}, KNOCK",
                "{'join_rule': 'restricted'}, RESTRICTED",
                "{'join_rule': 'knock_restricted'}, KNOCK_RESTRICTED",
                "{'join_rule': 'private'}, PRIVATE",
                "{'join_rule': 'PUBLIC'}, UNKNOWN",
                "{'join_rule': ''}, UNKNOWN",
                "{'join_rule': null}, UNKNOWN",
                "{}, INVITE",
                ", INVITE"
            })
    void readsAJoinRule(@Nullable String content, JoinRule expected) {
        assertEquals(expected, JoinRule.of(content == null ? null : Scene.json(content)));
    }

    @Test
    void creatorsAreThoseOfTheVersion() {
        String content = "{'creator': '@x:h', 'additional_creators': ['@y:h', 7]}";
        assertEquals(Set.of("@x:h"), creators(RoomVersion.V10, content));
        assertEquals(Set.of(Scene.CREATOR), creators(RoomVersion.V11, content));
        assertEquals(Set.of(Scene.CREATOR, "@y:h"), creators(RoomVersion.V12, content));
        assertEquals(Set.of(), creators(RoomVersion.V1, "{'creator': 1}"));
        assertEquals(
                Set.of(Scene.CREATOR), creators(RoomVersion.V12, "{'additional_creators': 1}"));
    }

    @Test
    void theCreateEventIsPutBesideAState() {
        Event create = new Scene(RoomVersion.V12).creates("{}").event();
        Event other = new Scene(RoomVersion.V12).message(Scene.USER).event();
        AuthState state =
                ((AuthState) (type, key) -> type.equals("x") ? other : null).withCreate(create);
        assertSame(create, state.find("m.room.create", ""));
        assertNull(state.find("m.room.create", "x"));
        assertSame(other, state.find("x", ""));
    }

    @ParameterizedTest
    @CsvSource({"V1, 2.4", "V11, 2.4", "V12, 2"})
    void aStateWithoutCreateEventAllowsNothing(RoomVersion version, String number) {
        Scene scene = new Scene(version).message(Scene.USER);
        var rules = new AuthRules(version.rules(), scene.signatures());
        AuthResult result = rules.check(scene.event(), (type, stateKey) -> null);
        assertEquals(
                number,
                result instanceof AuthResult.Rejected rejected ? rejected.rule().number() : "");
    }

    @Test
    void aRuleShowsItsNumberAndText() {
        var result = new Scene(RoomVersion.V8).member(Scene.ADMIN, Scene.INVITED, "join").judge();
        assertEquals(
                "4.3.2: If the `sender` does not match `state_key`, reject.",
                result instanceof AuthResult.Rejected rejected ? rejected.rule().toString() : "");
    }

    private static Set<String> creators(RoomVersion version, String content) {
        return Creators.of(version.rules(), new Scene(version).creates(content).event()).users();
    }
}
