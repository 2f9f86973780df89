package chat.hearth.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonDecimal;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever events and states hold, the rules give a verdict and never an exception.
class AuthFuzzTest {
    private static final int ROUNDS = 40_000;

    /// Far below what any seed reaches, to notice events that have become too wild to get past the
    /// first rules.
    private static final int RULES_REACHED_MIN = 35;

    private static final List<String> TYPES =
            List.of(
                    "m.room.create",
                    "m.room.member",
                    "m.room.member",
                    "m.room.power_levels",
                    "m.room.join_rules",
                    "m.room.third_party_invite",
                    "m.room.aliases",
                    "m.room.redaction",
                    "m.room.message");
    private static final List<String> USERS = List.of("@a:h", "@b:h", "@c:i");
    private static final List<String> NAMES =
            List.of(
                    "membership",
                    "join_rule",
                    "users",
                    "events",
                    "notifications",
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "kick",
                    "invite",
                    "redact",
                    "creator",
                    "additional_creators",
                    "room_version",
                    "m.federate",
                    "third_party_invite",
                    "signed",
                    "mxid",
                    "token",
                    "signatures",
                    "public_key",
                    "public_keys",
                    "join_authorised_via_users_server",
                    "@a:h",
                    "@b:h",
                    "m.room.member",
                    "x");
    private static final List<String> TEXTS =
            List.of(
                    "join",
                    "invite",
                    "leave",
                    "ban",
                    "knock",
                    "public",
                    "restricted",
                    "@a:h",
                    "@b:h",
                    "@c:i",
                    "@",
                    ":",
                    "",
                    "12",
                    "1",
                    "-5",
                    "knock_restricted",
                    "\0",
                    "h",
                    "private",
                    "token");

    @Test
    void alwaysGiveAVerdict() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var seen = EnumSet.noneOf(AuthRule.class);
        for (int round = 0; round < ROUNDS; round++) {
            try {
                seen.add(judge(random));
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertTrue(seen.size() >= RULES_REACHED_MIN, "reached only " + seen + " with seed " + seed);
    }

    private static AuthRule judge(Random random) {
        RoomVersionRules rules = pick(random, List.of(RoomVersion.values())).rules();
        var state = new HashMap<StateKey, Event>();
        for (int i = random.nextInt(8); i > 0; i--) {
            TestEvent event = event(random);
            event.stateKey().ifPresent(key -> state.put(new StateKey(event.type(), key), event));
        }
        if (random.nextInt(8) > 0) {
            state.put(StateKey.of("m.room.create"), create(random));
        }
        if (random.nextBoolean()) {
            for (String user : USERS) {
                state.put(new StateKey("m.room.member", user), member(random, user));
            }
        }
        TestEvent event = event(random);
        checkAuthEvents(random, rules, event, state);
        AuthRules auth = new AuthRules(rules, new SameSignatures(random.nextBoolean()));
        AuthState lookUp = (type, stateKey) -> state.get(new StateKey(type, stateKey));
        AuthResult result = auth.check(event, lookUp);
        Event create = state.get(StateKey.of("m.room.create"));
        if (create != null) {
            Creation creation = Creation.of(rules, create);
            assertEquals(
                    result.toString(),
                    auth.check(event, AuthContext.of(rules, creation, lookUp)).toString());
        }
        return switch (result) {
            case AuthResult.Allowed(AuthRule by) -> by;
            case AuthResult.Rejected(Rule rule, String detail) -> {
                assertTrue(rule.id().isIn(rules), rule + " is not of this version");
                assertNotNull(rule.number());
                yield rule.id();
            }
        };
    }

    private static void checkAuthEvents(
            Random random, RoomVersionRules rules, Event event, Map<StateKey, Event> state) {
        List<StateKey> selected = AuthEventSelection.of(rules, event);
        assertEquals(selected.size(), Set.copyOf(selected).size());
        var authEvents = new ArrayList<Event>(state.values());
        authEvents.removeIf(e -> random.nextInt(4) == 0);
        new AuthEventsCheck(rules)
                .check(
                        event,
                        state.get(StateKey.of("m.room.create")),
                        authEvents,
                        e -> random.nextInt(10) == 0)
                .ifPresent(rejected -> assertTrue(rejected.rule().id().isIn(rules)));
    }

    private static TestEvent event(Random random) {
        return new TestEvent(
                new EventId(pick(random, List.of("$x", "$x:h", "$room", "$y:i"))),
                new RoomId(pick(random, List.of("!room", "!room:h", "!room:i"))),
                pick(random, TYPES),
                Optional.of(pick(random, List.of("", "", "@a:h", "@b:h", "token", "h")))
                        .filter(key -> random.nextInt(4) > 0),
                new UserId(pick(random, USERS)),
                object(random, 4),
                random.nextBoolean() ? List.of() : List.of(new EventId("$room")),
                Optional.of(new EventId("$z:h")).filter(key -> random.nextBoolean()));
    }

    private static TestEvent create(Random random) {
        TestEvent any = event(random);
        return new TestEvent(
                new EventId("$room"),
                new RoomId("!room"),
                "m.room.create",
                Optional.of(""),
                any.sender(),
                any.content(),
                List.of(),
                Optional.empty());
    }

    private static TestEvent member(Random random, String user) {
        TestEvent any = event(random);
        return new TestEvent(
                any.eventId(),
                any.roomId(),
                "m.room.member",
                Optional.of(user),
                any.sender(),
                JsonObject.of("membership", pick(random, List.of("join", "join", "invite", "ban"))),
                List.of(),
                Optional.empty());
    }

    private static JsonObject object(Random random, int depth) {
        var object = JsonObject.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(pick(random, NAMES), value(random, depth - 1));
        }
        if (random.nextInt(3) > 0) {
            object.put("membership", pick(random, TEXTS));
        }
        return object.build();
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> new JsonInteger(random.nextInt(200) - 100);
            case 3 -> new JsonDecimal(pick(random, List.of("1.5", "-0", "1e999", "12e1")));
            case 4, 5, 6 -> new JsonString(pick(random, TEXTS));
            case 7 ->
                    new JsonArray(
                            IntStream.range(0, random.nextInt(4))
                                    .mapToObj(i -> value(random, depth - 1))
                                    .toList());
            default -> object(random, depth);
        };
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// Signatures that are all there or all missing.
    private record SameSignatures(boolean signed) implements SignatureCheck {
        @Override
        public boolean isSignedBy(Event event, ServerName server) {
            return signed;
        }

        @Override
        public boolean isSignedWith(JsonObject object, String publicKey) {
            return signed;
        }
    }
}
