package chat.hearth.protocol.auth;

import static chat.hearth.protocol.room.RoomVersion.V1;
import static chat.hearth.protocol.room.RoomVersion.V11;
import static chat.hearth.protocol.room.RoomVersion.V12;
import static chat.hearth.protocol.room.RoomVersion.V7;
import static chat.hearth.protocol.room.RoomVersion.V8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersion;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The selection of auth events, line by line.
class AuthEventSelectionTest {
    private static final String THIRD_PARTY =
            "{'membership': 'invite', 'third_party_invite': {'signed': {'token': 'tok'}}}";
    private static final String RESTRICTED =
            "{'membership': 'join', 'join_authorised_via_users_server': '@c:h'}";

    static Stream<Arguments> selections() {
        return Stream.of(
                row(V1, V12, "m.room.create", "", "{}", ""),
                row(V1, V11, "m.room.message", null, "{}", "create levels @a:h"),
                row(V12, V12, "m.room.message", null, "{}", "levels @a:h"),
                row(V1, V11, "m.room.power_levels", "", "{}", "create levels @a:h"),
                row(V1, V11, "m.room.message", null, RESTRICTED, "create levels @a:h"),
                row(V1, V11, "m.room.member", "@a:h", "{}", "create levels @a:h"),
                row(V1, V11, "m.room.member", "@b:h", "{}", "create levels @a:h @b:h"),
                row(V1, V11, "m.room.member", null, "{}", "create levels @a:h"),
                row(V1, V11, "m.room.member", "@a:h", member("join"), "create levels @a:h rules"),
                row(V12, V12, "m.room.member", "@a:h", member("join"), "levels @a:h rules"),
                row(
                        V1,
                        V11,
                        "m.room.member",
                        "@b:h",
                        member("invite"),
                        "create levels @a:h @b:h rules"),
                row(V1, V11, "m.room.member", "@a:h", member("knock"), "create levels @a:h rules"),
                row(V1, V11, "m.room.member", "@b:h", member("leave"), "create levels @a:h @b:h"),
                row(V1, V11, "m.room.member", "@b:h", member("ban"), "create levels @a:h @b:h"),
                row(
                        V1,
                        V11,
                        "m.room.member",
                        "@b:h",
                        THIRD_PARTY,
                        "create levels @a:h @b:h rules token"),
                row(V12, V12, "m.room.member", "@b:h", THIRD_PARTY, "levels @a:h @b:h rules token"),
                row(
                        V1,
                        V11,
                        "m.room.member",
                        "@b:h",
                        THIRD_PARTY.replace("invite', 't", "leave', 't"),
                        "create levels @a:h @b:h"),
                row(
                        V1,
                        V11,
                        "m.room.member",
                        "@b:h",
                        "{'membership': 'invite', 'third_party_invite': {'signed': {'token': 1}}}",
                        "create levels @a:h @b:h rules"),
                row(V1, V7, "m.room.member", "@a:h", RESTRICTED, "create levels @a:h rules"),
                row(V8, V11, "m.room.member", "@a:h", RESTRICTED, "create levels @a:h rules @c:h"),
                row(V12, V12, "m.room.member", "@a:h", RESTRICTED, "levels @a:h rules @c:h"),
                row(
                        V8,
                        V11,
                        "m.room.member",
                        "@a:h",
                        RESTRICTED.replace("@c", "@a"),
                        "create levels @a:h rules"),
                row(
                        V8,
                        V11,
                        "m.room.member",
                        "@b:h",
                        RESTRICTED.replace("join'", "invite'"),
                        "create levels @a:h @b:h rules"));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selectsWhatTheSpecificationLists(
            RoomVersion first,
            RoomVersion last,
            String type,
            @Nullable String stateKey,
            String content,
            String selected) {
        for (RoomVersion version : RoomVersion.values()) {
            if (version.compareTo(first) >= 0 && version.compareTo(last) <= 0) {
                assertEquals(selected, select(version, type, stateKey, content), version.id());
            }
        }
    }

    @Test
    void theEventItselfAndItsPartsSelectTheSame() {
        Scene scene = new Scene(V11).member(Scene.MOD, Scene.STRANGER, "invite");
        assertEquals(
                AuthEventSelection.of(
                        scene.rules(),
                        "m.room.member",
                        new UserId(Scene.MOD),
                        Scene.STRANGER,
                        scene.event().content()),
                AuthEventSelection.of(scene.rules(), scene.event()));
    }

    private static String select(
            RoomVersion version, String type, @Nullable String stateKey, String content) {
        return AuthEventSelection.of(
                        version.rules(), type, new UserId("@a:h"), stateKey, Scene.json(content))
                .stream()
                .map(
                        key ->
                                switch (key.type()) {
                                    case "m.room.create" -> "create" + key.stateKey();
                                    case "m.room.power_levels" -> "levels" + key.stateKey();
                                    case "m.room.join_rules" -> "rules" + key.stateKey();
                                    case "m.room.third_party_invite" ->
                                            key.stateKey().equals("tok") ? "token" : "?";
                                    default -> key.stateKey();
                                })
                .collect(Collectors.joining(" "));
    }

    private static String member(String membership) {
        return "{'membership': '%s'}".formatted(membership);
    }

    private static Arguments row(@Nullable Object... values) {
        return Arguments.of(Arrays.copyOf(values, values.length));
    }
}
