package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Bans that follow, on both databases.
final class BanStoreTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends BanStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends BanStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.postgres();
        }
    }
}
