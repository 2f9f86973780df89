package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.CREATOR;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.REMOTE;
import static chat.hearth.protocol.auth.Scene.STRANGER;
import static chat.hearth.protocol.auth.Scene.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which redactions take effect; the *redact level* of the scene is 70.
class RedactionPermissionTest {
    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2"},
            mode = EnumSource.Mode.EXCLUDE)
    void takesTheRedactLevelOrTheSendersServer(RoomVersion version) {
        assertTrue(mayRedact(version, ADMIN, REMOTE));
        assertTrue(mayRedact(version, CREATOR, REMOTE));
        assertFalse(mayRedact(version, MOD, REMOTE));
        assertTrue(mayRedact(version, MOD, USER));
        assertTrue(mayRedact(version, REMOTE, STRANGER));
        assertFalse(mayRedact(version, REMOTE, USER));
        assertFalse(mayRedact(version, REMOTE, "@x:xb.org"));
        assertFalse(mayRedact(version, "@x:xb.org", REMOTE));
        assertFalse(mayRedact(version, REMOTE, "@x:b.org:8448"));
    }

    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V1", "V2"})
    void theRulesHaveDecidedAlready(RoomVersion version) {
        assertTrue(mayRedact(version, USER, REMOTE));
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void neverReachesIntoAnotherRoom(RoomVersion version) {
        TestEvent target = new Scene(version).message(ADMIN).event();
        TestEvent redaction = new Scene(version).message(ADMIN).event();
        assertFalse(mayApply(version, redaction, target.in(new RoomId("!elsewhere"))));
        assertEquals(true, mayApply(version, redaction, target));
    }

    private static boolean mayRedact(RoomVersion version, String redactor, String sender) {
        return mayApply(
                version,
                new Scene(version).message(redactor).event(),
                new Scene(version).message(sender).event());
    }

    private static boolean mayApply(RoomVersion version, TestEvent redaction, TestEvent target) {
        return RedactionPermission.mayApply(
                version.rules(), redaction, target, new Scene(version).context().powerLevels());
    }
}
