package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Profiles on both databases.
final class ProfileStoreTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends ProfileStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends ProfileStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.postgres();
        }
    }
}
