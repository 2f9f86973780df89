package chat.hearth.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A row's columns, read one after the other.
final class Row {
    private static final byte[] NO_BYTES = {};

    private final ResultSet rows;
    private int index;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /// Goes to the next row.
    boolean next() throws SQLException {
        index = 0;
        return rows.next();
    }

    /// 0 for NULL.
    long number() throws SQLException {
        return rows.getLong(++index);
    }

    /// 0 for NULL.
    int integer() throws SQLException {
        return rows.getInt(++index);
    }

    OptionalInt optional() throws SQLException {
        int value = integer();
        return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    boolean flag() throws SQLException {
        return number() != 0;
    }

    String text() throws SQLException {
        String text = textOrNull();
        if (text == null) {
            throw new SQLException("NULL in column " + index + ", which must have a text");
        }
        return text;
    }

    @Nullable String textOrNull() throws SQLException {
        String text = rows.getString(++index);
        return text == null ? null : StoredText.decode(text);
    }

    /// Empty for NULL.
    byte[] bytes() throws SQLException {
        byte[] bytes = bytesOrNull();
        return bytes == null ? NO_BYTES : bytes;
    }

    byte @Nullable [] bytesOrNull() throws SQLException {
        return rows.getBytes(++index);
    }
}
