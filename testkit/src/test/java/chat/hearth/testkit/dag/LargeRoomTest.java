package chat.hearth.testkit.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.stateres.StateResolution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeRoomTest {
    private static final int MEMBERS = 2_000;
    private static final int CONFLICTS = 100;

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V2", "V11", "V12"})
    void bothBansCountAndNobodyElseIsLost(RoomVersion version) {
        LargeRoom room = LargeRoom.forked(version, MEMBERS, CONFLICTS);
        StateMap resolved =
                new StateResolution(version.rules(), TrustedSignatures.rules(version))
                        .resolve(room.dag(), room.forks());
        assertEquals(CONFLICTS + 1, differences(room.forks().get(0), room.forks().get(1)));
        assertEquals(room.forks().getFirst().size(), resolved.size());
        for (StateMap fork : room.forks()) {
            fork.forEach(
                    (key, event) -> {
                        String membership =
                                room.dag().event(event).content().string("membership").orElse("");
                        if (membership.equals("ban")) {
                            assertEquals(event, resolved.eventAt(key));
                        }
                    });
        }
    }

    private static int differences(StateMap a, StateMap b) {
        var count = new int[1];
        a.diff(b, (stateKey, mine, theirs) -> count[0]++);
        return count[0];
    }
}
