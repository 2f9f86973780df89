package chat.hearth.acceptance.power;

import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.jdbc.Database;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// A process to trace that must fail the audit: it writes what [TracedWriter] writes, but with
/// `synchronous=OFF`, so it acknowledges what no disk was asked to keep.
final class CarelessWriter {

    private static final int WRITES = 200;
    private static final int BODY_BYTES = 700;
    private static final int WRITER = 1;

    private static final String EVENT =
            "INSERT INTO events VALUES (?, 1, ?, 1, 1, NULL, 1, 0, 1, NULL, NULL, 0,"
                    + " NULL, NULL, NULL, ?,"
                    + " x'7b7d')";
    private static final String TRANSACTION = "INSERT INTO transactions VALUES (?, 1, 0, ?, 0)";
    private static final String ACCOUNT_DATA =
            "INSERT OR REPLACE INTO account_data VALUES (1, 0, 1, ?, ?)";
    private static final String HEAD = "UPDATE stream_head SET position = ?";

    private final Connection connection;

    private CarelessWriter(Connection connection) {
        this.connection = connection;
    }

    /// The entry point.
    ///
    /// @param args an empty directory
    public static void main(String[] args) throws IOException, SQLException {
        Path directory = Path.of(args[0]);
        Path file = directory.resolve(TracedWriter.DATABASE_FILE);
        Database.open(DatabaseConfig.Sqlite.at(file), _ -> {}, new SecureRandom()).close();
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        Path notes = directory.resolve(TracedWriter.ACKNOWLEDGED_FILE);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                var acknowledged = new FileOutputStream(notes.toFile())) {
            connection.setAutoCommit(false);
            var writer = new CarelessWriter(connection);
            for (int number = 1; number <= WRITES; number++) {
                var write = new Acknowledgement(WRITER, number);
                writer.store(write);
                acknowledged.write(write.line().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void store(Acknowledgement write) throws SQLException {
        long position = write.number();
        byte[] content = write.content(BODY_BYTES);
        execute(EVENT, position, write.tag().getBytes(StandardCharsets.US_ASCII), content);
        execute(TRANSACTION, position, write.tag());
        execute(ACCOUNT_DATA, position, content);
        execute(HEAD, position);
        connection.commit();
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            statement.executeUpdate();
        }
    }
}
