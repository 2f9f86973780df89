package chat.hearth.protocol.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpaddedBase64Test {
    /// The [examples](https://spec.matrix.org/v1.19/appendices/#unpadded-base64) of the
    /// specification, and how others may write the same with padding.
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '',     '',       ''
                    f,      Zg,       Zg==
                    fo,     Zm8,      Zm8=
                    foo,    Zm9v,     Zm9v
                    foob,   Zm9vYg,   Zm9vYg==
                    fooba,  Zm9vYmE,  Zm9vYmE=
                    foobar, Zm9vYmFy, Zm9vYmFy
                    """)
    void theExamplesOfTheSpecificationHold(String plain, String encoded, String padded) {
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        assertEquals(encoded, UnpaddedBase64.encode(bytes));
        assertArrayEquals(bytes, UnpaddedBase64.decode(encoded).orElseThrow());
        assertArrayEquals(bytes, UnpaddedBase64.decode(padded).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z", "Zg=", "Zm9v\n", " Zm9v", "Zm-_", "Zm9v.", "Zg==Zg"})
    void whatIsNoBase64IsRefused(String text) {
        assertTrue(UnpaddedBase64.decode(text).isEmpty(), text);
    }
}
