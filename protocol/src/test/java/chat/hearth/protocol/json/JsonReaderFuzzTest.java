package chat.hearth.protocol.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes come in, they are refused, or read so that writing and reading again changes
/// nothing.
class JsonReaderFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] bytes) {
        try {
            JsonValue value = JsonReader.read(bytes);
            byte[] canonical = CanonicalJson.lenientBytes(value);
            JsonValue again = JsonReader.read(canonical);
            assertEquals(value, again);
            assertArrayEquals(canonical, CanonicalJson.lenientBytes(again));
        } catch (JsonException refused) {
            assertEquals(JsonException.class, refused.getClass());
        }
    }
}
