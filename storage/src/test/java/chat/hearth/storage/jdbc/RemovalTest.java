package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// The stores of accounts on both databases.
final class RemovalTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends RemovalContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends RemovalContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.postgres();
        }
    }
}
