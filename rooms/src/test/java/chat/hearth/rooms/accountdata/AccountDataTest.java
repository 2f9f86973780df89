package chat.hearth.rooms.accountdata;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Account data, tags, push rules and filters on both databases.
final class AccountDataTest {
    @Nested
    final class OnSqlite extends AccountDataContract {
        @TempDir Path directory;

        @Override
        TestRooms open() {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends AccountDataContract {
        @Override
        TestRooms open() {
            return TestRooms.postgres();
        }
    }
}
