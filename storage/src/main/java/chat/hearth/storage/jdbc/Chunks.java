package chat.hearth.storage.jdbc;

import java.util.ArrayList;
import java.util.List;

/// Asks for many keys with one statement of fixed length, so that it stays prepared.
final class Chunks {
    private static final int SIZE = 50;

    /// A condition on one column that [#list] fills.
    static final String IN_LIST = " IN (?" + ", ?".repeat(SIZE - 1) + ")";

    private Chunks() {}

    /// The rows of all keys, in no order.
    ///
    /// @param sql a query with one [#IN_LIST] and no other parameter
    static <T> List<T> list(Reads reads, Sql sql, long[] keys, Mapper<T> mapper) {
        return reads.read(
                connection -> {
                    List<T> found = new ArrayList<>(keys.length);
                    for (int start = 0; start < keys.length; start += SIZE) {
                        int from = start;
                        found.addAll(
                                connection.list(
                                        sql,
                                        p -> {
                                            for (int i = 0; i < SIZE; i++) {
                                                p.number(keys[Math.min(from + i, keys.length - 1)]);
                                            }
                                        },
                                        mapper));
                    }
                    return found;
                });
    }
}
