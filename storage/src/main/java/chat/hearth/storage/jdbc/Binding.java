package chat.hearth.storage.jdbc;

import java.sql.SQLException;

/// Gives a statement its parameters, in order.
@FunctionalInterface
interface Binding {
    Binding NONE = parameters -> {};

    void bind(Parameters parameters) throws SQLException;
}
