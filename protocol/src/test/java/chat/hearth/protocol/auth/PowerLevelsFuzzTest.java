package chat.hearth.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whatever stands in `m.room.power_levels`, in whatever room version, it is refused, or everybody
/// has a level by it; and who changes nothing changes no level beyond their own. Only what cannot
/// be read, until room version 9, may be said once and not again.
class PowerLevelsFuzzTest {
    private static final List<String> USERS = List.of("@creator:h", "@other:h", "no user id", "");

    @FuzzTest
    void anyContentGivesLevelsOrIsRefused(byte[] bytes) {
        JsonObject content;
        try {
            content = JsonReader.readObject(bytes);
        } catch (JsonException notJson) {
            return;
        }
        for (RoomVersion version : RoomVersion.values()) {
            check(version.rules(), content);
        }
    }

    private static void check(RoomVersionRules rules, JsonObject content) {
        Event create = event("m.room.create", JsonObject.EMPTY);
        Event levels = event("m.room.power_levels", content);
        Creation creation = Creation.of(rules, create);
        var powerLevelRules = new PowerLevelRules(rules);
        AuthResult first = powerLevelRules.check(levels, context(rules, creation, Map.of()));
        Map<StateKey, Event> state = Map.of(StateKey.of("m.room.power_levels"), levels);
        AuthContext with = context(rules, creation, state);
        AuthResult again = powerLevelRules.check(levels, with);
        assertTrue(first.isAllowed() || !again.isAllowed());
        if (rules.integerPowerLevels()) {
            assertEquals(first.isAllowed(), again.isAllowed());
        }

        PowerLevels read = PowerLevels.of(rules, creation.creators(), content);
        for (String user : USERS) {
            boolean outranks = rules.privilegedCreators() && user.equals(USERS.getFirst());
            assertEquals(outranks, read.levelOf(user) == PowerLevels.INFINITE, user);
        }
        for (String name : PowerLevels.NAMED) {
            if (again.isAllowed()) {
                assertEquals(content.has(name), read.stated(name).isPresent(), name);
            }
        }
    }

    private static AuthContext context(
            RoomVersionRules rules, Creation creation, Map<StateKey, Event> state) {
        return AuthContext.of(
                rules, creation, (type, stateKey) -> state.get(new StateKey(type, stateKey)));
    }

    private static Event event(String type, JsonObject content) {
        return new TestEvent(
                new EventId("$event"),
                new RoomId("!room:h"),
                type,
                Optional.of(""),
                new UserId(USERS.getFirst()),
                type.equals("m.room.create")
                        ? content.with("creator", new JsonString(USERS.getFirst()))
                        : content,
                List.of(),
                Optional.empty());
    }
}
