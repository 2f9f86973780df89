package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLockTest {
    @TempDir private Path directory = Path.of("unset");

    @Test
    void aDirectoryHasOneServerAtATime() {
        Path data = directory.resolve("data");
        try (DataLock _ = DataLock.take(data)) {
            assertThrows(IllegalStateException.class, () -> DataLock.take(data));
        }
        DataLock.take(data).close();
    }
}
