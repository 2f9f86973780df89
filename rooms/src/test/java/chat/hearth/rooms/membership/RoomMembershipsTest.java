package chat.hearth.rooms.membership;

import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Memberships on both databases.
final class RoomMembershipsTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends RoomMembershipsContract {
        @Override
        TestRooms open(Path directory) {
            return TestRooms.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends RoomMembershipsContract {
        @Override
        TestRooms open(Path directory) {
            return TestRooms.postgres();
        }
    }
}
