package chat.hearth.storage.jdbc;

import java.sql.SQLException;

/// Makes a value of a row by reading its columns in order.
@FunctionalInterface
interface Mapper<T> {
    T map(Row row) throws SQLException;
}
