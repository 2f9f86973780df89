package chat.hearth.rooms.profile;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Profiles on both databases.
final class UserProfilesTest {
    @Nested
    final class OnSqlite extends UserProfilesContract {
        @TempDir Path directory;

        @Override
        TestRooms open() {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends UserProfilesContract {
        @Override
        TestRooms open() {
            return TestRooms.postgres();
        }
    }
}
