package chat.hearth.rooms.event;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline on both databases.
final class EventPipelineTest {
    @Nested
    final class OnSqlite extends EventPipelineContract {
        @TempDir Path directory;

        @Override
        TestRooms open() {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends EventPipelineContract {
        @Override
        TestRooms open() {
            return TestRooms.postgres();
        }
    }
}
