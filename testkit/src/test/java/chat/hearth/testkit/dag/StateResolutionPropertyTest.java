package chat.hearth.testkit.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.auth.AuthRule;
import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.stateres.StateResolution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Resolves thousands of random forks a second time with [NaiveResolution].
class StateResolutionPropertyTest {
    /// The versions in which the rules changed by which rooms differ: ten thousand rooms for each
    /// algorithm (v1, v2, v2.1), half of them on either side of what v2 shares, and some for those
    /// that brought restricted joins and what came with them.
    @ParameterizedTest
    @CsvSource({"V1, 10000", "V2, 5000", "V8, 1000", "V10, 1000", "V11, 5000", "V12, 10000"})
    void agreesWithTheTextInWhateverOrderStatesComeAndEventsAreNumbered(
            RoomVersion version, int rooms) {
        AuthRules rules = TrustedSignatures.rules(version);
        var resolution = new StateResolution(version.rules(), rules);
        int settledByRules = 0;
        Set<AuthRule> allowedBy = EnumSet.noneOf(AuthRule.class);
        for (long seed = 0; seed < rooms; seed++) {
            var room = new RandomRoom(seed, version, rules);
            allowedBy.addAll(room.allowedBy());
            List<StateMap> forks = room.forks();
            Map<StateKey, Event> expected = NaiveResolution.of(room.dag(), rules, forks);
            StateMap resolved = resolution.resolve(room.dag(), forks);
            assertEquals(expected, NaiveResolution.byName(room.dag(), resolved), "seed " + seed);
            settledByRules += forks.contains(resolved) ? 0 : 1;

            var random = new Random(seed);
            RoomDag renumbered = renumbered(room.dag(), random);
            List<StateMap> shuffled = new ArrayList<>();
            forks.forEach(fork -> shuffled.add(translated(room.dag(), fork, renumbered)));
            Collections.shuffle(shuffled, random);
            assertEquals(
                    expected,
                    NaiveResolution.byName(renumbered, resolution.resolve(renumbered, shuffled)),
                    "renumbered, seed " + seed);
        }
        assertTrue(settledByRules > rooms / 10, "only " + settledByRules + " took a decision");
        assertTrue(allowedBy.containsAll(expected(version.rules())), "only " + allowedBy);
    }

    /// Rules by which some event of the random rooms must have got in, or they were too tame.
    private static Set<AuthRule> expected(RoomVersionRules rules) {
        Set<AuthRule> expected =
                EnumSet.of(
                        AuthRule.JOIN_INVITED,
                        AuthRule.JOIN_PUBLIC,
                        AuthRule.INVITE_THIRD_PARTY_ALLOWED,
                        AuthRule.POWER_LEVELS_ALLOWED);
        if (rules.knocking()) {
            expected.add(AuthRule.KNOCK_ALLOWED);
        }
        if (rules.restrictedJoins()) {
            expected.add(AuthRule.JOIN_RESTRICTED_ALLOWED);
        }
        return expected;
    }

    // The same events as another server might have received them.
    private static RoomDag renumbered(RoomDag dag, Random random) {
        var copy = new RoomDag(dag.version());
        List<Event> left = new ArrayList<>();
        for (long number = 2; number <= dag.size(); number++) {
            left.add(dag.event(number));
        }
        Set<EventId> added = new HashSet<>(Set.of(dag.event(1).eventId()));
        copy.add(dag.event(1));
        while (!left.isEmpty()) {
            int at = random.nextInt(left.size());
            while (!added.containsAll(left.get(at).authEvents())) {
                at = (at + 1) % left.size();
            }
            Event event = left.remove(at);
            added.add(event.eventId());
            long number = copy.add(event);
            if (dag.isRejected(dag.number(event.eventId()))) {
                copy.reject(number);
            }
        }
        return copy;
    }

    private static StateMap translated(RoomDag from, StateMap state, RoomDag to) {
        StateMap.Builder translated = StateMap.builder();
        state.forEach(
                (key, event) -> {
                    long number = to.number(from.event(event).eventId());
                    translated.put(to.stateKey(number), number);
                });
        return translated.build();
    }
}
