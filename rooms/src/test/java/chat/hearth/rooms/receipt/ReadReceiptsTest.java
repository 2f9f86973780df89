package chat.hearth.rooms.receipt;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Receipts on both databases.
final class ReadReceiptsTest {
    @Nested
    final class OnSqlite extends ReadReceiptsContract {
        @TempDir Path directory;

        @Override
        TestRooms open() {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends ReadReceiptsContract {
        @Override
        TestRooms open() {
            return TestRooms.postgres();
        }
    }
}
