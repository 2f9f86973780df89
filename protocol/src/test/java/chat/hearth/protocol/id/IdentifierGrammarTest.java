package chat.hearth.protocol.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables for the [identifier
/// grammar](https://spec.matrix.org/v1.19/appendices/#identifier-grammar).
class IdentifierGrammarTest {
    private static final String X200 = "x".repeat(200);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "matrix.org, true",
                "matrix.org:8888, true",
                "1.2.3.4, true",
                "1.2.3.4:1234, true",
                "[1234:5678::abcd], true",
                "[1234:5678::abcd]:5678, true",
                "[::ffff:1.2.3.4], true",
                "localhost, true",
                "LOCALHOST, true",
                "a:0, true",
                "a:65535, true",
                "``, false",
                ":8008, false",
                "a:, false",
                "a:65536, false",
                "a:123456, false",
                "a:-1, false",
                "a:b, false",
                "a:1:2, false",
                "a b, false",
                "a_b, false",
                "a/b, false",
                "a@b, false",
                "é.example, false",
                "[::1, false",
                "[], false",
                "[::1]x, false",
                "[::g], false",
                "::1, false",
            })
    void serverNames(String text, boolean valid) {
        assertEquals(valid, ServerName.isValid(text));
        assertEquals(valid, ServerName.parse(text).isPresent());
    }

    @Test
    void aServerNameHasUpTo255Characters() {
        assertEquals(true, ServerName.isValid("x".repeat(255)));
        assertEquals(false, ServerName.isValid("x".repeat(256)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.Example:8448, a.Example, a.example",
        "[::1]:8448, [::1], [::1]",
        "[FE80::1], [FE80::1], [fe80::1]",
        "a, a, a"
    })
    void theHostIsTheNameWithoutPort(String name, String host, String normalised) {
        assertEquals(host, new ServerName(name).host());
        assertEquals(normalised, new ServerName(name).normalisedHost());
    }

    @ParameterizedTest
    @CsvSource({
        "@alice:example.org, true",
        "@alice:example.org:8448, true",
        "@alice:[::1]:8448, true",
        "@Alice!#$ é:example.org, true",
        "@:example.org, true",
        "@/slash+plus=eq:example.org, true",
        "alice:example.org, false",
        "#alice:example.org, false",
        "@alice, false",
        "@alice:, false",
        "@alice:exa mple, false",
        "@, false",
    })
    void userIds(String text, boolean valid) {
        assertEquals(valid, UserId.parse(text).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, true",
        "a.b_c=d-e/f+g1, true",
        "'', false",
        "Alice, false",
        "a b, false",
        "a:b, false",
        "é, false",
        "a@b, false"
    })
    void newUsersHavePlainLocalparts(String localpart, boolean valid) {
        assertEquals(valid, UserId.isNewLocalpart(localpart));
    }

    @ParameterizedTest
    @CsvSource({
        "!opaque:example.org, true",
        "!opaque:example.org:8448, true",
        "!:example.org, true",
        "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM, true",
        "!any/thing, true",
        "!, false",
        "opaque:example.org, false",
        "!opaque:, false",
        "!opaque:exa mple, false",
    })
    void roomIds(String text, boolean valid) {
        assertEquals(valid, RoomId.parse(text).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "#room:example.org, true",
        "#ロビー:example.org, true",
        "#a b:example.org, true",
        "#:example.org, false",
        "#room, false",
        "room:example.org, false",
        "!room:example.org, false",
        "#room:ex ample, false",
    })
    void roomAliases(String text, boolean valid) {
        assertEquals(valid, RoomAlias.parse(text).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "$opaque:example.org, true",
        "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk, true",
        "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg, true",
        "$, false",
        "opaque:example.org, false",
    })
    void eventIds(String text, boolean valid) {
        assertEquals(valid, EventId.parse(text).isPresent());
    }

    /// 255 bytes of UTF-8 with sigil and server name, however many characters these are.
    @ParameterizedTest
    @CsvSource({"x, 52, true", "x, 53, false", "é, 26, true", "é, 27, false", "日, 18, false"})
    void identifiersHaveUpTo255Bytes(String piece, int count, boolean valid) {
        String text = X200 + piece.repeat(count);
        assertEquals(valid, UserId.isValid("@" + text + ":y"));
        assertEquals(valid, RoomId.isValid("!" + text + ":y"));
        assertEquals(valid, RoomAlias.isValid("#" + text + ":y"));
        assertEquals(valid, EventId.isValid("$" + text + ":y"));
    }

    @Test
    void noIdentifierHasNulOrALoneSurrogate() {
        for (String odd : new String[] {"\0", "\ud800", "a\udc00", "\udc00\ud800"}) {
            assertEquals(Optional.empty(), UserId.parse("@" + odd + ":y"));
            assertEquals(Optional.empty(), RoomId.parse("!" + odd));
            assertEquals(Optional.empty(), RoomAlias.parse("#" + odd + ":y"));
            assertEquals(Optional.empty(), EventId.parse("$" + odd));
        }
        assertEquals(true, EventId.isValid("$\ud83d\ude00"));
    }

    @Test
    void partsAreSplitAtTheFirstColon() {
        var user = new UserId("@alice:example.org:8448");
        assertEquals("alice", user.localpart());
        assertEquals(new ServerName("example.org:8448"), user.serverName());
        assertEquals(true, user.isOn(new ServerName("example.org:8448")));
        assertEquals(false, user.isOn(new ServerName("org:8448")));
        assertEquals(false, user.isOn(new ServerName("EXAMPLE.ORG:8448")));
        assertEquals(Optional.of(new ServerName("x:1")), new RoomId("!a:x:1").serverName());
        assertEquals(Optional.empty(), new RoomId("!a").serverName());
        assertEquals(new ServerName("x:1"), new RoomAlias("#a:x:1").serverName());
    }

    @Test
    void whatIsNoIdentifierIsNeverMade() {
        assertThrows(IllegalArgumentException.class, () -> new UserId("alice"));
        assertThrows(IllegalArgumentException.class, () -> new RoomId("room"));
        assertThrows(IllegalArgumentException.class, () -> new RoomAlias("alias"));
        assertThrows(IllegalArgumentException.class, () -> new EventId("event"));
        assertThrows(IllegalArgumentException.class, () -> new ServerName("a b"));
        assertThrows(IllegalArgumentException.class, () -> UserId.of("A", new ServerName("x")));
        assertEquals("@a:x", UserId.of("a", new ServerName("x")).value());
    }
}
