package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Reads of many rooms on both databases.
final class ManyRoomsTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends ManyRoomsContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends ManyRoomsContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.postgres();
        }
    }
}
