package chat.hearth.storage.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A statement's parameters, set one after the other.
final class Parameters {
    private final PreparedStatement statement;
    private final SqlDialect dialect;
    private int index;

    Parameters(PreparedStatement statement, SqlDialect dialect) {
        this.statement = statement;
        this.dialect = dialect;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    /// The list of a [Wanted#TABLE].
    Parameters numbers(long[] values) throws SQLException {
        dialect.bindNumbers(statement, ++index, values);
        return this;
    }

    /// NULL for 0.
    Parameters numberOrNull(long value) throws SQLException {
        if (value != 0) {
            return number(value);
        }
        statement.setNull(++index, Types.BIGINT);
        return this;
    }

    Parameters optional(OptionalInt value) throws SQLException {
        if (value.isPresent()) {
            return number(value.getAsInt());
        }
        statement.setNull(++index, Types.BIGINT);
        return this;
    }

    Parameters flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    Parameters text(@Nullable String value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.VARCHAR);
        } else {
            statement.setString(++index, StoredText.encode(value));
        }
        return this;
    }

    /// The array must not change until the statement has run, which may be at the commit.
    Parameters bytes(byte @Nullable [] value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.BINARY);
        } else {
            statement.setBytes(++index, value);
        }
        return this;
    }
}
