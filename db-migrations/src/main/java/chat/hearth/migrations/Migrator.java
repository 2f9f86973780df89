package chat.hearth.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a database's tables up to date. A database that is up to date already costs one query.
public final class Migrator {
    /// The number of the newest script.
    public static final int LATEST = 1;

    private static final String HISTORY = "flyway_schema_history";

    private Migrator() {}

    /// Runs the scripts that a database lacks.
    ///
    /// @throws SchemaException when a script fails, or when a newer Hearth made the tables
    public static void bringUpToDate(DatabaseKind kind, DataSource dataSource) {
        int version = version(dataSource);
        if (version > LATEST) {
            throw new SchemaException(
                    "The database has tables of version "
                            + version
                            + ", made by a newer Hearth; this one knows them up to version "
                            + LATEST
                            + ". Run the newer one, or restore a backup made before the upgrade.");
        }
        if (version < LATEST) {
            migrate(kind, dataSource);
        }
    }

    private static void migrate(DatabaseKind kind, DataSource dataSource) {
        try {
            Flyway.configure(Migrator.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:" + kind.location())
                    .table(HISTORY)
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SchemaException("The database's tables could not be brought up to date", e);
        }
    }

    /// The number of the last script that ran, 0 for none.
    private static int version(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return hasHistory(connection) ? lastVersion(connection) : 0;
        } catch (SQLException e) {
            throw new SchemaException("The database cannot be opened", e);
        }
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        String schema = connection.getSchema();
        try (ResultSet tables =
                connection.getMetaData().getTables(null, schema, HISTORY, new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private static int lastVersion(Connection connection) throws SQLException {
        String sql = "SELECT version FROM " + HISTORY + " WHERE success AND version IS NOT NULL";
        int last = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                last = Math.max(last, Integer.parseInt(rows.getString(1)));
            }
        }
        return last;
    }
}
