package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A connection that keeps its prepared statements and, where that pays, collects plain inserts to
/// send many at once. Belongs to one thread at a time.
///
/// Collected inserts are sent, in the order in which their statements were first used, before any
/// other statement that names one of their tables and before the commit; so every statement sees
/// what came before it.
final class SqlConnection implements AutoCloseable {
    private final Connection connection;
    private final Runnable executed;
    private final SqlDialect dialect;
    private final Map<Sql, PreparedStatement> statements = new HashMap<>();
    private final Set<Sql> collected = new LinkedHashSet<>();

    /// @param executed run before each statement
    SqlConnection(Connection connection, Runnable executed, SqlDialect dialect) {
        this.connection = connection;
        this.executed = executed;
        this.dialect = dialect;
    }

    Connection jdbc() {
        return connection;
    }

    <T> List<T> list(Sql sql, Binding binding, Mapper<T> mapper) {
        try (ResultSet rows = query(sql, binding)) {
            List<T> found = new ArrayList<>();
            Row row = new Row(rows);
            while (row.next()) {
                found.add(mapper.map(row));
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T> Optional<T> first(Sql sql, Binding binding, Mapper<T> mapper) {
        try (ResultSet rows = query(sql, binding)) {
            Row row = new Row(rows);
            return row.next() ? Optional.of(mapper.map(row)) : Optional.empty();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Runs a statement that changes rows and tells how many it changed.
    int update(Sql sql, Binding binding) {
        try {
            flushFor(sql);
            PreparedStatement statement = prepared(sql);
            binding.bind(new Parameters(statement, dialect));
            executed.run();
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Runs an insert that cannot meet a row it might replace, now or with others at the latest
    /// before the commit.
    void insert(Sql sql, Binding binding) {
        if (!dialect.collectsInserts()) {
            update(sql, binding);
            return;
        }
        try {
            if (!collected.contains(sql)) {
                flushFor(sql);
                collected.add(sql);
            }
            PreparedStatement statement = prepared(sql);
            binding.bind(new Parameters(statement, dialect));
            statement.addBatch();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Sends what was collected.
    void flush() {
        try {
            for (Sql sql : collected) {
                executed.run();
                prepared(sql).executeBatch();
            }
            collected.clear();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Drops what was collected, when the transaction is given up.
    void forget() throws SQLException {
        for (Sql sql : collected) {
            prepared(sql).clearBatch();
        }
        collected.clear();
    }

    @Override
    public void close() {
        try (connection) {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    static StorageException failed(SQLException cause) {
        return new StorageException("The database refused a statement", cause);
    }

    private ResultSet query(Sql sql, Binding binding) throws SQLException {
        flushFor(sql);
        PreparedStatement statement = prepared(sql);
        binding.bind(new Parameters(statement, dialect));
        executed.run();
        return statement.executeQuery();
    }

    private void flushFor(Sql sql) {
        for (Sql waiting : collected) {
            if (waiting.meets(sql)) {
                flush();
                return;
            }
        }
    }

    private PreparedStatement prepared(Sql sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql.text(dialect));
            statements.put(sql, statement);
        }
        return statement;
    }
}
