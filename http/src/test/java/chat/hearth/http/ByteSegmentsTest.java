package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteSegmentsTest {
    @Test
    void whatWasAddedComesOutInOrder() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            var segments = new ByteSegments();
            var expected = new ByteArrayOutputStream();
            int count = random.nextInt(60);
            for (int i = 0; i < count; i++) {
                var bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 40_000 : 3_000)];
                random.nextBytes(bytes);
                segments.add(bytes);
                expected.writeBytes(bytes);
            }
            var written = new ByteArrayOutputStream();
            segments.writeTo(written);
            assertArrayEquals(expected.toByteArray(), written.toByteArray(), "seed " + seed);
            assertArrayEquals(expected.toByteArray(), segments.toBytes(), "seed " + seed);
            assertEquals(expected.size(), segments.length(), "seed " + seed);
        }
    }

    @Test
    void aSmallArrayMayChangeOnceItWasAdded() {
        byte[] bytes = {1, 2};
        var segments = new ByteSegments().add(bytes);
        bytes[0] = 9;
        assertArrayEquals(new byte[] {1, 2}, segments.toBytes());
    }
}
