package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.homeserver.cli.ServerControl.StartRefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataLockTest {
    @TempDir private Path directory = Path.of("unset");

    @Test
    void aDirectoryHasOneServerAtATime() {
        Path data = directory.resolve("data");
        try (DataLock _ = DataLock.take(data)) {
            assertThrows(StartRefusedException.class, () -> DataLock.take(data));
        }
        DataLock.take(data).close();
    }
}
