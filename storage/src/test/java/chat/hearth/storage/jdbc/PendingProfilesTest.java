package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.DatabaseConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PendingProfilesTest {
    /// It is asked every half minute, and on most servers nobody's is.
    @Test
    void whoseProfileIsPendingIsAskedOfAnIndexThatHasNobodyElse(@TempDir Path folder)
            throws SQLException {
        Path file = folder.resolve("hearth.db");
        Database.open(DatabaseConfig.Sqlite.at(file), _ -> {}, new SecureRandom()).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet plan =
                        statement.executeQuery(
                                "EXPLAIN QUERY PLAN " + JdbcProfileStore.PENDING_TEXT)) {
            assertTrue(plan.next());
            String first = plan.getString("detail");
            assertTrue(first.contains("profiles_pending"), first);
        }
    }
}
