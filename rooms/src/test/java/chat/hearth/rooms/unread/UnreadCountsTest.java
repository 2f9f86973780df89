package chat.hearth.rooms.unread;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Unread counts on both databases.
final class UnreadCountsTest {
    @Nested
    final class OnSqlite extends UnreadCountsContract {
        @TempDir Path directory;

        @Override
        TestRooms open() {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends UnreadCountsContract {
        @Override
        TestRooms open() {
            return TestRooms.postgres();
        }
    }
}
