package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The journal on both databases.
final class JournalTest {
    @Nested
    final class OnSqlite extends JournalContract {
        @TempDir Path directory;

        @Override
        OpenDatabase openFresh(int queueCapacity) {
            return OpenDatabase.sqlite(directory, queueCapacity);
        }
    }

    @Nested
    final class OnPostgres extends JournalContract {
        @Override
        OpenDatabase openFresh(int queueCapacity) {
            return OpenDatabase.postgres(queueCapacity);
        }
    }
}
