package chat.hearth.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.json.JsonException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void everyKindOfValueIsRead() {
        JsonObject read =
                JsonReader.readObject(
                        """
                         \t\r
                        {"o" : { } , "a":[ 1 ,"x",[] ],"t":true,"f":false,"n":null,"":-7}
                        """);
        assertEquals(
                JsonObject.builder()
                        .put("o", JsonObject.EMPTY)
                        .put(
                                "a",
                                new JsonArray(
                                        List.of(
                                                new JsonInteger(1),
                                                new JsonString("x"),
                                                JsonArray.EMPTY)))
                        .put("t", true)
                        .put("f", false)
                        .put("n", JsonNull.NULL)
                        .put("", -7)
                        .build(),
                read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{1:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "tru",
                "truee",
                "True",
                "nul",
                "nulll",
                "falsy",
                "NaN",
                "Infinity",
                "-Infinity",
                "undefined",
                "1 2",
                "{}{}",
                "{}x",
                "[]]",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u-123\"",
                "\"\\U0041\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "'a'",
                "01",
                "-01",
                "00",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "0x10",
                "1_0",
                "--1",
                "1a",
                "\ufeff{}",
                "// c\n1",
                "/* c */1",
                "\u00a01",
                "\f1"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertRefused(Fault.NOT_JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud83dx\"",
                "\"\\ud83d\\u0041\"",
                "\"\\ude00\\ud83d\"",
                "{\"\\ud800\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"\":1,\"\":2}}"
            })
    void whatReadersUnderstandDifferentlyIsRefused(String text) {
        assertRefused(Fault.BAD_JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Bytes of a string's content, in hexadecimal.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c2c2",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "eda0bdedb880",
                "f0808080",
                "f08fbfbf",
                "f09f98",
                "f4908080",
                "f5808080",
                "f8888080",
                "fe",
                "ff",
                "c3e9",
                "e9"
            })
    void illFormedUtf8IsRefused(String hex) {
        assertRefused(Fault.NOT_JSON, HexFormat.of().parseHex("22" + hex + "22"));
        assertRefused(Fault.NOT_JSON, HexFormat.of().parseHex("2261" + hex));
    }

    @ParameterizedTest
    @CsvSource({
        "007f, \u007f",
        "00e9, é",
        "07ff, \u07ff",
        "0800, \u0800",
        "65e5, 日",
        "d7ff, \ud7ff",
        "e000, \ue000",
        "ffff, \uffff"
    })
    void textMayBeEscapedOrNot(String hex, String text) {
        assertEquals(text, string("\"\\u" + hex + "\""));
        assertEquals(text, string("\"" + text + "\""));
    }

    @Test
    void allEscapesAreRead() {
        assertEquals("\"\\/\b\f\n\r\t", string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""));
        assertEquals("\u0000\u001f", string("\"\\u0000\\u001F\""));
        assertEquals("\ud83d\ude00", string("\"\\ud83d\\uDE00\""));
        assertEquals("a\ud83d\ude00", string("\"a\ud83d\ude00\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9007199254740991", "-9007199254740991"})
    void integersOfCanonicalJsonAreIntegers(String text) {
        assertEquals(
                new JsonInteger(Long.parseLong(text)),
                JsonReader.readCanonical(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0",
                "1.0",
                "1.1",
                "1e3",
                "1E+3",
                "0e0",
                "-1e-400",
                "1e308",
                "9007199254740992",
                "-9007199254740992",
                "9223372036854775808",
                "123456789012345678901234567890"
            })
    void otherNumbersKeepTheirTextAndAreRefusedWhereJsonMustBeCanonical(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(new JsonDecimal(text), JsonReader.read(bytes));
        var refusal = assertThrows(JsonException.class, () -> JsonReader.readCanonical(bytes));
        assertEquals(Fault.BAD_JSON, refusal.fault());
    }

    @Test
    void numbersBeyondADoubleAreRefused() {
        for (String text :
                List.of("1e400", "-1e400", "1e999999999", "[1.8e308]", "9".repeat(400))) {
            assertRefused(Fault.BAD_JSON, text.getBytes(StandardCharsets.UTF_8));
        }
        var largest = new JsonDecimal("1.7976931348623157e308");
        assertEquals(largest, JsonReader.read(largest.text().getBytes(StandardCharsets.UTF_8)));
        var digits = new JsonDecimal("0." + "9".repeat(400));
        assertEquals(digits, JsonReader.read(digits.text().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nestingHasALimitAndNeverOverflowsTheStack(String open) {
        String close = open.startsWith("[") ? "]" : "}";
        int max = JsonReader.DEPTH_MAX;
        JsonReader.read(
                (open.repeat(max) + "1" + close.repeat(max)).getBytes(StandardCharsets.UTF_8));
        assertRefused(Fault.BAD_JSON, open.repeat(max + 1).getBytes(StandardCharsets.UTF_8));
        assertRefused(Fault.BAD_JSON, open.repeat(100_000).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"{}\"", "null", "true"})
    void anObjectIsWantedWhereOneIsRead(String text) {
        var refusal = assertThrows(JsonException.class, () -> JsonReader.readObject(text));
        assertEquals(Fault.BAD_JSON, refusal.fault());
    }

    private static String string(String json) {
        return ((JsonString) JsonReader.read(json.getBytes(StandardCharsets.UTF_8))).value();
    }

    private static void assertRefused(Fault fault, byte[] text) {
        var refusal = assertThrows(JsonException.class, () -> JsonReader.read(text));
        assertEquals(fault, refusal.fault(), refusal::getMessage);
    }
}
