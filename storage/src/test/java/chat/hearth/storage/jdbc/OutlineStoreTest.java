package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/// Events without their texts, on both databases.
final class OutlineStoreTest {
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnSqlite extends OutlineStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    final class OnPostgres extends OutlineStoreContract {
        @Override
        OpenDatabase openFresh(Path directory) {
            return OpenDatabase.postgres();
        }
    }
}
