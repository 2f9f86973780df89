package chat.hearth.protocol.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final long SEED = 42;

    /// The [examples](https://spec.matrix.org/v1.19/appendices/#examples) of the specification.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void theExamplesOfTheSpecificationHold(int number) throws IOException {
        assertArrayEquals(
                file("canonical-" + number + "-expected.json"),
                CanonicalJson.bytes(JsonReader.read(file("canonical-" + number + ".json"))));
    }

    /// The tenth and last example rewrites `-0` and `1e10`, which the text before it forbids. Room
    /// versions from 6 on refuse such numbers, and before that version every server must keep them
    /// as they are, since they are hashed.
    @Test
    void numbersAreNeverRewritten() throws IOException {
        JsonValue odd = JsonReader.read(file("canonical-10.json"));
        assertThrows(JsonException.class, () -> CanonicalJson.bytes(odd));
        assertFalse(CanonicalJson.isCanonical(odd));
        assertEquals("{\"a\":-0,\"b\":1e10}", text(CanonicalJson.lenientBytes(odd)));
    }

    @Test
    void namesAreOrderedByCodePointAndNotByUtf16Unit() {
        List<String> names =
                List.of(
                        "",
                        "\u0000",
                        "!",
                        "A",
                        "Z",
                        "a",
                        "aa",
                        "b",
                        "é",
                        "日",
                        "本",
                        "\ue000",
                        "\uffff",
                        "\ud800\udc00",
                        "\ud83d\ude00",
                        "\udbff\udfff");
        var shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(SEED));
        var members = new LinkedHashMap<String, JsonValue>();
        shuffled.forEach(name -> members.put(name, JsonNull.NULL));
        JsonObject read = JsonReader.readObject(CanonicalJson.bytes(JsonObject.of(members)));
        assertEquals(names, List.copyOf(read.names()));
    }

    @Test
    void onlyWhatMustBeEscapedIsEscaped() {
        var all = new StringBuilder();
        for (char c = 0; c < 0x82; c++) {
            all.append(c);
        }
        assertEquals(
                "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r"
                        + "\\u000e\\u000f\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017"
                        + "\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f !\\\"#$%&'()*+"
                        + ",-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`abcdefghijkl"
                        + "mnopqrstuvwxyz{|}~\u007f\u0080\u0081\"",
                text(CanonicalJson.bytes(new JsonString(all.toString()))));
    }

    @Test
    void aLoneSurrogateIsNeverWritten() {
        for (String text : List.of("\ud800", "\udc00a", "a\ud83d", "\ude00\ud83d")) {
            assertThrows(JsonException.class, () -> CanonicalJson.bytes(new JsonString(text)));
        }
    }

    @Test
    void readingAndWritingGivesTheSameBackInAnyOrderOfMembers() {
        var random = new Random(SEED);
        var json = new RandomJson(random);
        for (int i = 0; i < 1_000; i++) {
            JsonObject value = json.object(6, 4);
            byte[] bytes = CanonicalJson.bytes(value);
            JsonObject read = JsonReader.readObject(bytes);
            String round = "seed " + SEED + " round " + i;
            assertEquals(value, read, round);
            assertArrayEquals(bytes, CanonicalJson.bytes(shuffled(read, random)), round);
            assertArrayEquals(bytes, JsonWriter.bytes(read), round);
            assertTrue(CanonicalJson.isCanonical(read), round);
        }
    }

    private static JsonObject shuffled(JsonObject object, Random random) {
        var names = new ArrayList<>(object.names());
        Collections.shuffle(names, random);
        var members = new LinkedHashMap<String, JsonValue>();
        names.forEach(name -> members.put(name, Objects.requireNonNull(object.value(name))));
        return JsonObject.of(members);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        CanonicalJsonTest.class.getResourceAsStream("/spec-vectors/" + name))) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
