package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserPushRulesTest {
    private static final String ALICE = "@alice:example.org";
    private static final String MUTE = "{'actions':[]}";
    private static final Duration HOSTILE_RULE_MAX = Duration.ofMillis(50);

    @Test
    void theDefaultsAreServedInTheSpecsOrderWithTheUsersId() {
        JsonObject global = UserPushRules.NONE.rulesets(ALICE).object("global").orElseThrow();
        assertEquals(
                List.of(
                        ".m.rule.master",
                        ".m.rule.suppress_notices",
                        ".m.rule.invite_for_me",
                        ".m.rule.member_event",
                        ".m.rule.is_user_mention",
                        ".m.rule.is_room_mention",
                        ".m.rule.tombstone",
                        ".m.rule.reaction",
                        ".m.rule.room.server_acl",
                        ".m.rule.suppress_edits"),
                ids(global, "override"));
        assertEquals(
                List.of(
                        ".m.rule.call",
                        ".m.rule.encrypted_room_one_to_one",
                        ".m.rule.room_one_to_one",
                        ".m.rule.message",
                        ".m.rule.encrypted"),
                ids(global, "underride"));
        for (String kind : List.of("content", "room", "sender")) {
            assertEquals(JsonArray.EMPTY, global.value(kind));
        }
        assertEquals(
                TestEvent.json(
                        "{'rule_id':'.m.rule.is_user_mention','default':true,'enabled':true,"
                                + "'conditions':[{'kind':'event_property_contains',"
                                + "'key':'content.m\\\\.mentions.user_ids','value':'@alice:example.org'}],"
                                + "'actions':['notify',{'set_tweak':'sound','value':'default'},"
                                + "{'set_tweak':'highlight'}]}"),
                UserPushRules.NONE.rule(RuleKind.OVERRIDE, ".m.rule.is_user_mention", ALICE));
        assertEquals(
                TestEvent.json(
                        "{'rule_id':'.m.rule.invite_for_me','default':true,'enabled':true,"
                                + "'conditions':[{'kind':'event_match','key':'type','pattern':'m.room.member'},"
                                + "{'kind':'event_match','key':'content.membership','pattern':'invite'},"
                                + "{'kind':'event_match','key':'state_key','pattern':'@alice:example.org'}],"
                                + "'actions':['notify',{'set_tweak':'sound','value':'default'}]}"),
                UserPushRules.NONE.rule(RuleKind.OVERRIDE, ".m.rule.invite_for_me", ALICE));
    }

    @Test
    void ownRulesStandBelowTheMasterRuleAndAboveTheOtherDefaults() {
        UserPushRules rules = put(UserPushRules.NONE, RuleKind.OVERRIDE, "a", MUTE, null, null);
        rules = put(rules, RuleKind.UNDERRIDE, "u", MUTE, null, null);
        JsonObject global = rules.global(ALICE);
        assertEquals(
                List.of(".m.rule.master", "a", ".m.rule.suppress_notices"),
                ids(global, "override").subList(0, 3));
        assertEquals(List.of("u", ".m.rule.call"), ids(global, "underride").subList(0, 2));
    }

    @Test
    void newRulesComeFirstUnlessPlacedByANeighbour() {
        UserPushRules rules = UserPushRules.NONE;
        for (String id : List.of("a", "b", "c")) {
            rules = put(rules, RuleKind.SENDER, id, MUTE, null, null);
        }
        assertEquals(List.of("c", "b", "a"), ids(rules.global(ALICE), "sender"));
        rules = put(rules, RuleKind.SENDER, "d", MUTE, "a", null);
        assertEquals(List.of("c", "b", "d", "a"), ids(rules.global(ALICE), "sender"));
        rules = put(rules, RuleKind.SENDER, "e", MUTE, null, "a");
        assertEquals(List.of("c", "b", "d", "a", "e"), ids(rules.global(ALICE), "sender"));
        rules = put(rules, RuleKind.SENDER, "c", MUTE, null, "b");
        assertEquals(List.of("b", "c", "d", "a", "e"), ids(rules.global(ALICE), "sender"));
        rules = put(rules, RuleKind.SENDER, "f", MUTE, "b", "e");
        assertEquals(List.of("f", "b", "c", "d", "a", "e"), ids(rules.global(ALICE), "sender"));
    }

    @Test
    void anUpdatedRuleKeepsItsPlaceAndSwitch() {
        UserPushRules rules = put(UserPushRules.NONE, RuleKind.SENDER, "a", MUTE, null, null);
        rules = put(rules, RuleKind.SENDER, "b", MUTE, null, null);
        rules = rules.setEnabled(RuleKind.SENDER, "a", TestEvent.json("{'enabled':false}"));
        rules = put(rules, RuleKind.SENDER, "a", "{'actions':['notify']}", null, null);
        assertEquals(List.of("b", "a"), ids(rules.global(ALICE), "sender"));
        assertEquals(
                TestEvent.json(
                        "{'rule_id':'a','default':false,'enabled':false,'actions':['notify']}"),
                rules.rule(RuleKind.SENDER, "a", ALICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".m.rule.mine", ".x", "a/b", "a\\b", "/"})
    void reservedOrMalformedIdsAreRefused(String id) {
        assertRefused(
                ErrCode.M_INVALID_PARAM,
                400,
                () -> put(UserPushRules.NONE, RuleKind.ROOM, id, MUTE, null, null));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    OVERRIDE ; {}                                                              ; M_MISSING_PARAM
                    OVERRIDE ; {'actions':'notify'}                                            ; M_BAD_JSON
                    OVERRIDE ; {'actions':['explode']}                                         ; M_INVALID_PARAM
                    OVERRIDE ; {'actions':[1]}                                                 ; M_INVALID_PARAM
                    OVERRIDE ; {'actions':[{'set_tweak':1}]}                                   ; M_INVALID_PARAM
                    OVERRIDE ; {'actions':[],'conditions':{}}                                  ; M_BAD_JSON
                    OVERRIDE ; {'actions':[],'conditions':[1]}                                 ; M_BAD_JSON
                    OVERRIDE ; {'actions':[],'conditions':[{}]}                                ; M_BAD_JSON
                    OVERRIDE ; {'actions':[],'conditions':[{'kind':'event_match','key':1}]}    ; M_BAD_JSON
                    OVERRIDE ; {'actions':[],'conditions':[{'kind':'room_member_count','is':2}]} ; M_BAD_JSON
                    CONTENT  ; {'actions':[]}                                                  ; M_MISSING_PARAM
                    CONTENT  ; {'actions':[],'pattern':1}                                      ; M_BAD_JSON
                    """)
    void malformedRulesAreRefused(RuleKind kind, String body, ErrCode code) {
        assertRefused(code, 400, () -> put(UserPushRules.NONE, kind, "a", body, null, null));
    }

    @Test
    void aNeighbourMustBeAnotherRuleOfTheUsersOwn() {
        UserPushRules rules = put(UserPushRules.NONE, RuleKind.OVERRIDE, "a", MUTE, null, null);
        for (String neighbour : List.of("none", ".m.rule.master", "b")) {
            assertRefused(
                    ErrCode.M_UNKNOWN,
                    400,
                    () -> put(rules, RuleKind.OVERRIDE, "b", MUTE, neighbour, null));
            assertRefused(
                    ErrCode.M_UNKNOWN,
                    400,
                    () -> put(rules, RuleKind.OVERRIDE, "b", MUTE, null, neighbour));
        }
    }

    @Test
    void unknownRulesAreNotFound() {
        UserPushRules none = UserPushRules.NONE;
        JsonObject off = TestEvent.json("{'enabled':false}");
        JsonObject mute = TestEvent.json(MUTE);
        List<Executable> requests =
                List.of(
                        () -> none.rule(RuleKind.ROOM, "!a:x", ALICE),
                        () -> none.enabled(RuleKind.ROOM, "!a:x"),
                        () -> none.actions(RuleKind.ROOM, "!a:x"),
                        () -> none.setEnabled(RuleKind.ROOM, "!a:x", off),
                        () -> none.setActions(RuleKind.ROOM, "!a:x", mute),
                        () -> none.delete(RuleKind.ROOM, "!a:x"),
                        () -> none.delete(RuleKind.OVERRIDE, ".m.rule.master"),
                        () -> none.rule(RuleKind.UNDERRIDE, ".m.rule.master", ALICE));
        requests.forEach(request -> assertRefused(ErrCode.M_NOT_FOUND, 404, request));
    }

    @Test
    void unknownKindsAndScopesAreRefused() {
        assertRefused(ErrCode.M_INVALID_PARAM, 400, () -> RuleKind.parse("overide"));
        assertRefused(ErrCode.M_INVALID_PARAM, 400, () -> RuleKind.checkScope("device"));
        assertEquals(RuleKind.OVERRIDE, RuleKind.parse("override"));
    }

    @Test
    void defaultRulesCanBeSwitchedAndGivenOtherActions() {
        UserPushRules rules =
                UserPushRules.NONE
                        .setEnabled(
                                RuleKind.OVERRIDE,
                                ".m.rule.master",
                                TestEvent.json("{'enabled':true}"))
                        .setActions(
                                RuleKind.UNDERRIDE,
                                ".m.rule.message",
                                TestEvent.json("{'actions':['dont_notify','coalesce']}"));
        assertEquals(
                TestEvent.json("{'enabled':true}"),
                rules.enabled(RuleKind.OVERRIDE, ".m.rule.master"));
        assertEquals(
                TestEvent.json("{'actions':[]}"),
                rules.actions(RuleKind.UNDERRIDE, ".m.rule.message"));
        NotifyVerdict verdict = NotifyClass.of(rules).evaluate(TestEvent.message("x"), room());
        assertFalse(verdict.plain().notifies());
        assertEquals(".m.rule.master", verdict.plain().ruleId());
    }

    @Test
    void wrongSwitchesAreRefused() {
        UserPushRules none = UserPushRules.NONE;
        assertRefused(
                ErrCode.M_MISSING_PARAM,
                400,
                () -> none.setEnabled(RuleKind.OVERRIDE, ".m.rule.master", JsonObject.EMPTY));
        assertRefused(
                ErrCode.M_BAD_JSON,
                400,
                () ->
                        none.setEnabled(
                                RuleKind.OVERRIDE,
                                ".m.rule.master",
                                TestEvent.json("{'enabled':'yes'}")));
    }

    @Test
    void whatWasStoredIsReadBack() {
        UserPushRules rules =
                put(
                        UserPushRules.NONE,
                        RuleKind.OVERRIDE,
                        "a",
                        "{'actions':['notify',{'set_tweak':'x','value':{'y':1}}],'conditions':["
                                + "{'kind':'event_match','key':'content.a\\\\.b','pattern':'p*'},"
                                + "{'kind':'contains_display_name'},{'kind':'new','odd':[1]},"
                                + "{'kind':'room_member_count','is':'<3'}]}",
                        null,
                        null);
        rules = put(rules, RuleKind.CONTENT, "c", "{'actions':[],'pattern':'cake'}", null, null);
        rules = rules.setEnabled(RuleKind.CONTENT, "c", TestEvent.json("{'enabled':false}"));
        rules =
                rules.setActions(
                        RuleKind.OVERRIDE,
                        ".m.rule.reaction",
                        TestEvent.json("{'actions':['notify']}"));
        UserPushRules read = UserPushRules.parse(rules.toJson());
        assertEquals(rules, read);
        assertEquals(rules.hashCode(), read.hashCode());
        assertEquals(rules.global(ALICE), read.global(ALICE));
        assertEquals(UserPushRules.NONE, UserPushRules.parse(UserPushRules.NONE.toJson()));
    }

    @Test
    void takingBackEveryChangeLeadsBackToTheDefaults() {
        JsonObject off = TestEvent.json("{'enabled':false}");
        JsonObject on = TestEvent.json("{'enabled':true}");
        UserPushRules rules =
                put(UserPushRules.NONE, RuleKind.ROOM, "!a:x", MUTE, null, null)
                        .setEnabled(RuleKind.UNDERRIDE, ".m.rule.message", off);
        assertNotEquals(UserPushRules.NONE, rules);
        rules =
                rules.delete(RuleKind.ROOM, "!a:x")
                        .setEnabled(RuleKind.UNDERRIDE, ".m.rule.message", on);
        assertEquals(UserPushRules.NONE, rules);
        assertTrue(rules.isNone());
    }

    @Test
    void whatCannotMatterInARoomDoesNotMakeAClassOfItsOwn() {
        JsonObject off = TestEvent.json("{'enabled':false}");
        UserPushRules rules =
                put(UserPushRules.NONE, RuleKind.ROOM, TestEvent.ROOM, MUTE, null, null);
        assertSame(UserPushRules.NONE, rules.classIn("!other:example.org"));
        assertEquals(rules, rules.classIn(TestEvent.ROOM));
        assertSame(
                UserPushRules.NONE,
                rules.setEnabled(RuleKind.ROOM, TestEvent.ROOM, off).classIn(TestEvent.ROOM));
        JsonObject on = TestEvent.json("{'enabled':true}");
        assertEquals(
                UserPushRules.NONE
                        .setEnabled(RuleKind.OVERRIDE, ".m.rule.master", on)
                        .classIn("!b:x"),
                rules.setEnabled(RuleKind.OVERRIDE, ".m.rule.master", on).classIn(TestEvent.ROOM));
    }

    @Test
    void aMutedRoomOrSenderDoesNotNotify() {
        for (var muted : List.of(RuleKind.ROOM, RuleKind.SENDER)) {
            String id = muted == RuleKind.ROOM ? TestEvent.ROOM : TestEvent.SENDER;
            UserPushRules rules = put(UserPushRules.NONE, muted, id, MUTE, null, null);
            NotifyVerdict verdict = NotifyClass.of(rules).evaluate(TestEvent.message("x"), room());
            assertEquals(id, verdict.plain().ruleId());
            assertFalse(verdict.plain().notifies());
        }
    }

    @Test
    void highlightsFollowTheTweaksValue() {
        assertTrue(outcome("['notify',{'set_tweak':'highlight'}]").highlights());
        assertTrue(outcome("['notify',{'set_tweak':'highlight','value':true}]").highlights());
        assertFalse(outcome("['notify',{'set_tweak':'highlight','value':false}]").highlights());
        assertFalse(outcome("[{'set_tweak':'highlight'}]").highlights());
        assertEquals("bell", outcome("['notify',{'set_tweak':'sound','value':'bell'}]").sound());
    }

    @Test
    void aHostilePatternIsStoredAndStaysCheap() {
        JsonObject body =
                TestEvent.json("{'actions':['notify'],'pattern':'" + "*a".repeat(1_000) + "'}");
        NotifyClass users =
                NotifyClass.of(UserPushRules.NONE.put(RuleKind.CONTENT, "x", body, null, null));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            PushEvent event = TestEvent.message("a".repeat(60 * 1024));
            long start = processorTime();
            assertEquals("x", users.evaluate(event, room()).plain().ruleId());
            best = Math.min(best, processorTime() - start);
        }
        assertTrue(best < HOSTILE_RULE_MAX.toNanos(), "took " + best / 1_000 + " µs");
    }

    @Test
    void whatAUserMayStoreIsBounded() {
        String pattern = "{'actions':[],'pattern':'" + "p".repeat(8_000) + "'}";
        UserPushRules rules = UserPushRules.NONE;
        for (int i = 0; i < 4; i++) {
            rules = put(rules, RuleKind.CONTENT, "c" + i, pattern, null, null);
        }
        UserPushRules full = rules;
        assertRefused(
                ErrCode.M_INVALID_PARAM,
                400,
                () -> put(full, RuleKind.CONTENT, "more", pattern, null, null));
        assertRefused(
                ErrCode.M_INVALID_PARAM,
                400,
                () -> put(UserPushRules.NONE, RuleKind.ROOM, "r".repeat(256), MUTE, null, null));
        String large = "{'actions':[{'set_tweak':'x','value':'" + "v".repeat(9_000) + "'}]}";
        assertRefused(
                ErrCode.M_INVALID_PARAM,
                400,
                () -> put(UserPushRules.NONE, RuleKind.ROOM, "r", large, null, null));
    }

    private static PushOutcome outcome(String actions) {
        UserPushRules rules =
                put(
                        UserPushRules.NONE,
                        RuleKind.ROOM,
                        TestEvent.ROOM,
                        "{'actions':" + actions + "}",
                        null,
                        null);
        return NotifyClass.of(rules).evaluate(TestEvent.message("x"), room()).plain();
    }

    private static UserPushRules put(
            UserPushRules rules,
            RuleKind kind,
            String id,
            String body,
            @Nullable String before,
            @Nullable String after) {
        return rules.put(kind, id, TestEvent.json(body), before, after);
    }

    private static RoomFacts room() {
        return new RoomFacts(9, 0, _ -> 50);
    }

    private static List<String> ids(JsonObject global, String kind) {
        return global.array(kind).orElseThrow().values().stream()
                .map(rule -> ((JsonObject) rule).string("rule_id").orElseThrow())
                .toList();
    }

    private static void assertRefused(ErrCode code, int status, Executable request) {
        var refusal = assertThrows(MatrixException.class, request);
        assertEquals(code, refusal.errCode(), refusal.text());
        assertEquals(status, refusal.status());
    }

    /// Of this thread alone: others may have the processor meanwhile.
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
