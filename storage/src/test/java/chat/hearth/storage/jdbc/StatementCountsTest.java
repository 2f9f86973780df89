package chat.hearth.storage.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The counting of statements on both databases.
final class StatementCountsTest {
    @Nested
    final class OnSqlite extends StatementCountsContract {
        @TempDir Path directory;

        @Override
        OpenDatabase openFresh() {
            return OpenDatabase.sqlite(directory);
        }
    }

    @Nested
    final class OnPostgres extends StatementCountsContract {
        @Override
        OpenDatabase openFresh() {
            return OpenDatabase.postgres();
        }
    }
}
