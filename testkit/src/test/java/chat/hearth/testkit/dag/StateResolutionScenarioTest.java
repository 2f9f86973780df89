package chat.hearth.testkit.dag;

import static chat.hearth.testkit.dag.RoomScript.levels;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.stateres.StateResolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Forks with a story: what each algorithm is known to make of them, and why it was made.
class StateResolutionScenarioTest {
    private static final String ALICE = "@alice:a.example";
    private static final String BOB = "@bob:b.example";
    private static final String CHARLIE = "@charlie:c.example";
    private static final String EVELYN = "@evelyn:e.example";

    private static final String MEMBER = "m.room.member";
    private static final String LEVELS = "m.room.power_levels";
    private static final String JOIN_RULES = "m.room.join_rules";
    private static final String TOPIC = "m.room.topic";

    private static final long FIRST_JOIN_RULES = 4;

    /// Proposal 4297, problem A: one side comes back with outdated join rules although both know
    /// that their author has left since.
    @Test
    void joinRulesOfAUserWhoLeftAreLostInV2AndKeptInV21() {
        for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
            RoomDag dag = room(version, BOB);
            StateMap state = start(dag);
            long newest = joinRules(dag, state, "invite");
            state = dag.after(state, newest);
            state = dag.after(state, member(dag, state, ALICE, ALICE, "leave"));
            StateMap resolved = resolve(dag, state, dag.after(state, FIRST_JOIN_RULES));
            assertEquals(
                    version == RoomVersion.V11 ? StateMap.NONE : newest,
                    resolved.eventAt(dag.stateKey(newest)),
                    "version " + version.id());
        }
    }

    /// Proposal 4297, problem B: one side comes back with the first power levels. Both know the
    /// ones in between, without which the newest are not allowed.
    @Test
    void promotionByAPromotedUserIsLostInV2AndKeptInV21() {
        for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
            RoomDag dag = room(version, BOB, CHARLIE);
            StateMap state = start(dag);
            long first = state.eventAt(dag.stateKey(LEVELS, ""));
            state = dag.after(state, promote(dag, state, ALICE, BOB, 50));
            long newest = promote(dag, state, BOB, BOB, 50, CHARLIE, 50);
            state = dag.after(state, newest);
            state = dag.after(state, topic(dag, state, CHARLIE));
            StateMap resolved = resolve(dag, state, dag.after(state, first));
            assertEquals(
                    version == RoomVersion.V11 ? first : newest,
                    resolved.eventAt(dag.stateKey(LEVELS, "")),
                    "version " + version.id());
        }
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void banWinsOverPowerLevelsThatTheBannedUserSetMeanwhile(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap state = start(dag);
        long byAlice = promote(dag, state, ALICE, BOB, 50);
        state = dag.after(state, byAlice);
        long ban = member(dag, state, ALICE, BOB, "ban");
        long byBob = promote(dag, state, BOB, BOB, 50, EVELYN, 50);
        StateMap resolved = resolve(dag, dag.after(state, ban), dag.after(state, byBob));
        assertEquals(dag.after(state, ban), resolved);
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void joinDoesNotEvadeJoinRulesMadeStricterMeanwhile(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap state = start(dag);
        long strict = joinRules(dag, state, "invite");
        long join = member(dag, state, EVELYN, EVELYN, "join");
        StateMap resolved = resolve(dag, dag.after(state, strict), dag.after(state, join));
        assertEquals(dag.after(state, strict), resolved);
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void chainOfPowerLevelsIsReplayedWithoutGaps(RoomVersion version) {
        RoomDag dag = room(version, BOB, CHARLIE);
        StateMap state = start(dag);
        state = dag.after(state, promote(dag, state, ALICE, BOB, 50));
        StateMap early = state;
        state = dag.after(state, promote(dag, state, BOB, BOB, 50, CHARLIE, 50));
        state = dag.after(state, promote(dag, state, CHARLIE, BOB, 50));
        assertEquals(state, resolve(dag, early, state));
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void topicOfAUserWhoLostTheRightMeanwhileDoesNotCount(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap state = start(dag);
        state = dag.after(state, promote(dag, state, ALICE, BOB, 50));
        state = dag.after(state, topic(dag, state, ALICE));
        long demotion = promote(dag, state, ALICE, BOB, 0);
        StateMap demoted = dag.after(state, demotion);
        StateMap other = dag.after(state, topic(dag, state, BOB));
        assertEquals(demoted, resolve(dag, demoted, other));
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void topicFallsBackWhenItsAuthorIsBannedOnTheOneSide(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap first = start(dag);
        first = dag.after(first, topic(dag, first, ALICE));
        StateMap state = dag.after(first, promote(dag, first, ALICE, BOB, 50));
        long levels = dag.size();
        state = dag.after(state, topic(dag, state, BOB));
        long ban = member(dag, state, ALICE, BOB, "ban");
        state = dag.after(state, ban);
        assertEquals(dag.after(first, levels, ban), resolve(dag, first, state));
    }

    @ParameterizedTest
    @EnumSource(value = RoomVersion.class, names = "V1", mode = Mode.EXCLUDE)
    void topicUnderNewerPowerLevelsWinsOverAClaimedLaterTime(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap state = start(dag);
        long postdated =
                dag.draft(ALICE, TOPIC, "").content("topic", "old").citing(state).at(9_999).add();
        StateMap other = dag.after(state, postdated);
        state = dag.after(state, promote(dag, state, ALICE, BOB, 50));
        long topic = topic(dag, state, BOB);
        assertEquals(
                topic, resolve(dag, dag.after(state, topic), other).eventAt(dag.stateKey(topic)));
    }

    @Test
    void v1TakesTheDeepestTopicThatIsAllowed() {
        RoomDag dag = room(RoomVersion.V1, BOB);
        StateMap state = start(dag);
        long deep =
                dag.draft(ALICE, TOPIC, "").content("topic", "deep").citing(state).depth(90).add();
        long flat =
                dag.draft(ALICE, TOPIC, "").content("topic", "flat").citing(state).depth(80).add();
        long notAllowed =
                dag.draft(BOB, TOPIC, "").content("topic", "Bob's").citing(state).depth(99).add();
        assertEquals(
                dag.after(state, deep),
                resolve(
                        dag,
                        dag.after(state, flat),
                        dag.after(state, deep),
                        dag.after(state, notAllowed)));
    }

    @Test
    void v1StopsAtTheFirstPowerLevelsThatAreNotAllowed() {
        RoomDag dag = room(RoomVersion.V1, BOB, CHARLIE);
        StateMap state = start(dag);
        long first = promote(dag, state, ALICE, BOB, 50);
        long takenByBob = promote(dag, dag.after(state, first), BOB, BOB, 50, CHARLIE, 100);
        long later = promote(dag, state, ALICE, CHARLIE, 50);
        assertEquals(
                dag.after(state, first),
                resolve(
                        dag,
                        dag.after(state, later),
                        dag.after(state, first),
                        dag.after(state, takenByBob)));
    }

    @Test
    void v1KeepsWhatOnlyOneSideHas() {
        RoomDag dag = room(RoomVersion.V1, BOB);
        StateMap state = start(dag);
        StateMap withTopic = dag.after(state, topic(dag, state, ALICE));
        assertEquals(withTopic, resolve(dag, state, withTopic));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void statesThatAgreeStayAsTheyAre(RoomVersion version) {
        RoomDag dag = room(version, BOB);
        StateMap state = start(dag);
        assertEquals(state, resolve(dag, state));
        assertEquals(state, resolve(dag, state, start(dag)));
        assertEquals(StateMap.EMPTY, resolve(dag));
    }

    private static RoomDag room(RoomVersion version, String... joined) {
        boolean privileged = version.rules().privilegedCreators();
        RoomDag dag =
                RoomScript.room(
                        version, ALICE, privileged ? levels() : levels(ALICE, 100), "public");
        for (String user : joined) {
            member(dag, start(dag), user, user, "join");
        }
        return dag;
    }

    private static StateMap start(RoomDag dag) {
        StateMap state = StateMap.EMPTY;
        for (long number = 1; number <= dag.size(); number++) {
            state = dag.after(state, number);
        }
        return state;
    }

    private static long member(
            RoomDag dag, StateMap state, String sender, String target, String membership) {
        return dag.draft(sender, MEMBER, target)
                .content("membership", membership)
                .citing(state)
                .add();
    }

    private static long joinRules(RoomDag dag, StateMap state, String rule) {
        return dag.draft(ALICE, JOIN_RULES, "").content("join_rule", rule).citing(state).add();
    }

    private static long topic(RoomDag dag, StateMap state, String sender) {
        return dag.draft(sender, TOPIC, "").content("topic", sender).citing(state).add();
    }

    private static long promote(
            RoomDag dag, StateMap state, String sender, Object... usersAndLevels) {
        List<Object> all = new ArrayList<>(List.of(usersAndLevels));
        if (!dag.version().rules().privilegedCreators()) {
            all.addAll(List.of(ALICE, 100));
        }
        return dag.draft(sender, LEVELS, "").content(levels(all.toArray())).citing(state).add();
    }

    private static StateMap resolve(RoomDag dag, StateMap... states) {
        var resolution =
                new StateResolution(dag.version().rules(), TrustedSignatures.rules(dag.version()));
        List<StateMap> forks = new ArrayList<>(List.of(states));
        StateMap resolved = resolution.resolve(dag, forks);
        Collections.reverse(forks);
        assertEquals(resolved, resolution.resolve(dag, forks), "in the reverse order");
        return resolved;
    }
}
