package chat.hearth.testkit.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.stateres.StateResolution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rooms in which practice and the letter of the specification part: the right answer is the one
/// that the other servers of the network give.
class KnownRoomTest {
    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2", "V4", "V10"})
    void isInTheStateThatOtherServersSee(RoomVersion version) {
        KnownRoom room = KnownRoom.read(version);
        StateMap resolved =
                new StateResolution(version.rules(), TrustedSignatures.rules(version))
                        .resolve(room.dag(), room.forks());
        assertEquals(room.resolved(), resolved);
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2", "V4", "V10"})
    void isInTheSameStateWhenItIsResolvedNaively(RoomVersion version) {
        KnownRoom room = KnownRoom.read(version);
        assertEquals(
                NaiveResolution.byName(room.dag(), room.resolved()),
                NaiveResolution.of(room.dag(), TrustedSignatures.rules(version), room.forks()));
    }
}
