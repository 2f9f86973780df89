package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.protocol.id.EventId;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Event ids of every room version come back from their bytes, and no two share their bytes.
final class EventIdsTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1234567890abcdef:example.org",
                "$exactly-32-bytes-of-text:a.org1",
                "$exactly-33-bytes-of-text:a.org12",
                "$x",
                "$ümlaut:example.org",
                "$this-has-43-characters-but-is-no-hash:ab.org",
                "$acD1NBDCDFhm45H0IGmzQzyFCb1TjP9gCAwXkgf3M6E",
                "$acD1NBDCDFhm45H0IGmzQzyFCb1TjP9gCAwXkgf3M6F"
            })
    void comesBack(String text) {
        EventId id = new EventId(text);
        assertEquals(id, EventIds.decode(EventIds.encode(id)));
    }

    @Test
    void aHashTakesThirtyTwoBytesInEitherAlphabetAndThePairStaysApart() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            EventId url = EventId.ofReferenceHash(hash);
            EventId standard =
                    new EventId("$" + Base64.getEncoder().withoutPadding().encodeToString(hash));
            assertEquals(32, EventIds.encode(url).length, "seed " + SEED);
            assertEquals(url, EventIds.decode(EventIds.encode(url)), "seed " + SEED);
            assertEquals(standard, EventIds.decode(EventIds.encode(standard)), "seed " + SEED);
            if (!url.equals(standard)) {
                assertFalse(
                        Arrays.equals(EventIds.encode(url), EventIds.encode(standard)),
                        "seed " + SEED);
            }
        }
    }
}
