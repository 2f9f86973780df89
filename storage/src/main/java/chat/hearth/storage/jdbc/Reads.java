package chat.hearth.storage.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where stores read: on the connection of the write or snapshot they are called in, else on one
/// that is free. Blocks until done; thread safe.
interface Reads {
    <R> R read(Function<SqlConnection, R> query);

    /// Whether the caller is inside a write, so that what it reads may yet be undone.
    boolean isInWrite();

    default <T> List<T> list(Sql sql, Binding binding, Mapper<T> mapper) {
        return read(connection -> connection.list(sql, binding, mapper));
    }

    /// The rows of a query whose one parameter is a [Wanted] list, in no order; an empty list costs
    /// no statement.
    default <T> List<T> listOf(Sql sql, long[] wanted, Mapper<T> mapper) {
        return wanted.length == 0 ? List.of() : list(sql, p -> p.numbers(wanted), mapper);
    }

    default <T> Optional<T> first(Sql sql, Binding binding, Mapper<T> mapper) {
        return read(connection -> connection.first(sql, binding, mapper));
    }
}
