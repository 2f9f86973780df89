package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What of a user's rules is copied for a room that replaces another.
final class RoomRulesTest {
    private static final String OLD = "!old:example.org";
    private static final String NEW = "!new";
    private static final String ASKS_FOR_OLD =
            "{'actions':[],'conditions':[{'kind':'event_match','key':'room_id','pattern':'"
                    + OLD
                    + "'},{'kind':'event_match','key':'type','pattern':'m.x'}]}";

    private static UserPushRules with(UserPushRules rules, RuleKind kind, String id, String body) {
        return rules.put(kind, id, TestEvent.json(body), null, null);
    }

    private static List<String> ids(UserPushRules rules, RuleKind kind) {
        return rules.global("@a:b").array(kind.wireName()).orElseThrow().values().stream()
                .map(rule -> ((JsonObject) rule).string("rule_id").orElseThrow())
                .filter(id -> !id.startsWith("."))
                .toList();
    }

    @Test
    void aRoomRuleIsCopiedBehindTheOldOneWithItsSwitch() {
        UserPushRules rules =
                with(
                        with(UserPushRules.NONE, RuleKind.ROOM, "!third:b", "{'actions':[]}"),
                        RuleKind.ROOM,
                        OLD,
                        "{'actions':['notify']}");
        rules = rules.setEnabled(RuleKind.ROOM, OLD, TestEvent.json("{'enabled':false}"));

        UserPushRules copied = rules.alsoForRoom(OLD, NEW);

        assertEquals(List.of(OLD, NEW, "!third:b"), ids(copied, RuleKind.ROOM));
        assertEquals(TestEvent.json("{'enabled':false}"), copied.enabled(RuleKind.ROOM, NEW));
        assertEquals(TestEvent.json("{'actions':['notify']}"), copied.actions(RuleKind.ROOM, NEW));
    }

    @Test
    void aRuleThatAsksForTheRoomAsksForTheOtherAndKeepsItsFurtherConditions() {
        UserPushRules rules =
                with(
                        with(UserPushRules.NONE, RuleKind.UNDERRIDE, "mine", ASKS_FOR_OLD),
                        RuleKind.OVERRIDE,
                        OLD,
                        ASKS_FOR_OLD);

        UserPushRules copied = rules.alsoForRoom(OLD, NEW);

        assertEquals(List.of(OLD, NEW), ids(copied, RuleKind.OVERRIDE));
        assertEquals(List.of("mine", "mine_" + NEW), ids(copied, RuleKind.UNDERRIDE));
        String conditions =
                copied.rule(RuleKind.OVERRIDE, NEW, "@a:b").array("conditions").toString();
        assertEquals(
                copied.rule(RuleKind.OVERRIDE, OLD, "@a:b")
                        .array("conditions")
                        .toString()
                        .replace(OLD, NEW),
                conditions);
    }

    @Test
    void whatIsNotAboutTheRoomOrThereAlreadyStaysAsItIs() {
        UserPushRules rules =
                with(
                        with(UserPushRules.NONE, RuleKind.ROOM, OLD, "{'actions':[]}"),
                        RuleKind.ROOM,
                        NEW,
                        "{'actions':['notify']}");
        rules = with(rules, RuleKind.CONTENT, "words", "{'actions':[],'pattern':'" + OLD + "'}");

        assertEquals(rules, rules.alsoForRoom(OLD, NEW));
        assertEquals(
                UserPushRules.NONE.toJson(), UserPushRules.NONE.alsoForRoom(OLD, NEW).toJson());
    }

    @Test
    void whoHasAsManyRulesAsAllowedGetsNoMore() {
        UserPushRules rules = UserPushRules.NONE;
        for (int i = 1; i < RuleRequest.RULES_MAX; i++) {
            rules = with(rules, RuleKind.ROOM, "!r" + i, "{'actions':[]}");
        }
        UserPushRules full = with(rules, RuleKind.ROOM, OLD, "{'actions':[]}");

        assertThrows(MatrixException.class, () -> full.alsoForRoom(OLD, NEW));
    }
}
