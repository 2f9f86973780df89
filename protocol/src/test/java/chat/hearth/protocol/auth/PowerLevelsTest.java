package chat.hearth.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What power levels mean, above all what they mean when they are not written as they should be.
class PowerLevelsTest {
    private static final Creators NOBODY = new Creators(Set.of(), false);
    private static final Creators CREATOR = new Creators(Set.of("@c:h"), false);
    private static final Creators PRIVILEGED = new Creators(Set.of("@c:h", "@d:h"), true);

    private static final RoomVersionRules LATEST = RoomVersion.V12.rules();

    /// The level that version 5, 9 and 12 read; nothing where none can be read.
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "7                     , 7    , 7  , 7",
                "-7                    , -7   , -7 , -7",
                "9007199254740991      , 9007199254740991, 9007199254740991, 9007199254740991",
                "9007199254740993      , 9007199254740992, , ",
                "'100'                 , 100  , 100, ",
                "'000100'              , 100  , 100, ",
                "'+100'                , 100  , 100, ",
                "'-100'                , -100 , -100, ",
                "' 100 '               , 100  , 100, ",
                "' 00100 '             , 100  , 100, ",
                "' +100 '              , 100  , 100, ",
                "' -100 '              , -100 , -100, ",
                "'\\t100\\n'           , 100  , 100, ",
                "'\u00a0100\u2003'     , 100  , 100, ",
                "'0'                   , 0    , 0  , ",
                "'-0'                  , 0    , 0  , ",
                "'99999999999999999999', 9223372036854775806, 9223372036854775806, ",
                "'-99999999999999999999', -9223372036854775806, -9223372036854775806, ",
                "'9223372036854775807' , 9223372036854775806, 9223372036854775806, ",
                "'9223372036854775805' , 9223372036854775805, 9223372036854775805, ",
                "''                    ,      ,    , ",
                "' '                   ,      ,    , ",
                "'+'                   ,      ,    , ",
                "'--1'                 ,      ,    , ",
                "'+ 1'                 ,      ,    , ",
                "'1 0'                 ,      ,    , ",
                "'1.0'                 ,      ,    , ",
                "'1e2'                 ,      ,    , ",
                "'0x10'                ,      ,    , ",
                "'1_000'               ,      ,    , ",
                "'٣'                   ,      ,    , ",
                "50.57                 , 50   ,    , ",
                "-50.57                , -50  ,    , ",
                "0.9                   , 0    ,    , ",
                "-0                    , 0    ,    , ",
                "5.114698E4            , 51146,    , ",
                "1e-9                  , 0    ,    , ",
                "1e300                 , 9223372036854775806,    , ",
                "-1e300                , -9223372036854775806,    , ",
                "true                  ,      ,    , ",
                "null                  ,      ,    , ",
                "[1]                   ,      ,    , "
            })
    void readsALevel(
            String json,
            @Nullable Long inVersion5,
            @Nullable Long inVersion9,
            @Nullable Long inVersion12) {
        assertEquals(inVersion5, read(RoomVersion.V5, json));
        assertEquals(inVersion9, read(RoomVersion.V9, json));
        assertEquals(inVersion12, read(RoomVersion.V12, json));
    }

    @Test
    void defaultsAreThoseOfTheSpecification() {
        PowerLevels levels = levels(NOBODY, "{}");
        assertTrue(levels.fromEvent());
        assertEquals(0, levels.levelOf("@a:h"));
        assertEquals(0, levels.usersDefault());
        assertEquals(0, levels.required("m.room.message", false));
        assertEquals(50, levels.required("m.room.topic", true));
        assertEquals(50, levels.ban());
        assertEquals(50, levels.kick());
        assertEquals(50, levels.redact());
        assertEquals(0, levels.invite());
        assertEquals(50, levels.notification("room"));
    }

    @Test
    void whatTheEventSaysHolds() {
        PowerLevels levels =
                levels(
                        NOBODY,
                        "{'users': {'@a:h': 9}, 'users_default': 1, 'events': {'x': 2},"
                                + " 'events_default': 3, 'state_default': 4, 'ban': 5, 'kick': 6,"
                                + " 'redact': 7, 'invite': 8, 'notifications': {'room': 10}}");
        assertEquals(9, levels.levelOf("@a:h"));
        assertEquals(1, levels.levelOf("@b:h"));
        assertEquals(1, levels.usersDefault());
        assertEquals(2, levels.required("x", false));
        assertEquals(2, levels.required("x", true));
        assertEquals(3, levels.required("y", false));
        assertEquals(4, levels.required("y", true));
        assertEquals(5, levels.ban());
        assertEquals(6, levels.kick());
        assertEquals(7, levels.redact());
        assertEquals(8, levels.invite());
        assertEquals(10, levels.notification("room"));
        assertEquals(50, levels.notification("other"));
    }

    @Test
    void creatorsHaveOneHundredOnlyWhileNoLevelsAreSet() {
        RoomVersionRules rules = RoomVersion.V11.rules();
        PowerLevels unset = PowerLevels.of(rules, CREATOR, null);
        assertFalse(unset.fromEvent());
        assertEquals(100, unset.levelOf("@c:h"));
        assertEquals(0, unset.levelOf("@a:h"));
        assertEquals(0, PowerLevels.of(rules, CREATOR, Scene.json("{}")).levelOf("@c:h"));
    }

    @Test
    void privilegedCreatorsOutrankEveryLevel() {
        PowerLevels levels = levels(PRIVILEGED, "{'users': {'@a:h': 9007199254740991, '@c:h': 1}}");
        assertEquals(PowerLevels.INFINITE, levels.levelOf("@c:h"));
        assertEquals(PowerLevels.INFINITE, levels.levelOf("@d:h"));
        assertTrue(levels.levelOf("@a:h") < PowerLevels.INFINITE);
        assertEquals(
                PowerLevels.INFINITE, PowerLevels.of(LATEST, PRIVILEGED, null).levelOf("@c:h"));
    }

    private static PowerLevels levels(Creators creators, String content) {
        return PowerLevels.of(LATEST, creators, Scene.json(content));
    }

    private static @Nullable Long read(RoomVersion version, String json) {
        var level =
                PowerLevel.read(
                        version.rules(), Scene.json("{'level': " + json + "}").value("level"));
        return level.isPresent() ? level.getAsLong() : null;
    }
}
