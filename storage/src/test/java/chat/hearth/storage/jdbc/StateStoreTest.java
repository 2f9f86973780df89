package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Versions of room state on both databases.
final class StateStoreTest {
    @Nested
    final class OnSqlite extends StateStoreContract {
        @TempDir Path directory;

        @Override
        OpenDatabase openFresh() {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends StateStoreContract {
        @Override
        OpenDatabase openFresh() {
            return OpenDatabase.postgres();
        }
    }
}
