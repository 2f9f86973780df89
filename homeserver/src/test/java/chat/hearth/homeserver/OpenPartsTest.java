package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenPartsTest {
    @Test
    void closesTheLastFirstEvenWhenOneFails() {
        var closed = new ArrayList<String>();
        var parts = new OpenParts();
        parts.add(() -> closed.add("first"));
        AutoCloseable failing =
                () -> {
                    closed.add("failing");
                    throw new IllegalStateException("cannot close");
                };
        parts.add(failing);
        parts.add(() -> closed.add("last"));

        parts.close();
        parts.close();

        assertEquals(List.of("last", "failing", "first"), closed);
    }
}
