package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One kind of identifier and the numbers that stand for it, both ways.
///
/// @param <T> the identifier
final class Interned<T> {
    private final Reads reads;
    private final StreamHead.Counter counter;
    private final Statements<T> statements;
    private final CommittedCache<T, Integer> numbers;
    private final CommittedCache<Integer, T> values;

    /// How one kind of identifier is stored.
    ///
    /// @param find finds the number of an identifier
    /// @param byNumber finds number and identifier of several numbers, see [Interned#byNumber]
    /// @param insert stores a number and its identifier
    /// @param parameters gives an identifier to a statement
    /// @param mapper reads an identifier from a row, after its number
    record Statements<T>(
            Sql find, Sql byNumber, Sql insert, Parameter<T> parameters, Mapper<T> mapper) {}

    /// Gives an identifier to a statement.
    interface Parameter<T> {
        void bind(T value, Parameters parameters) throws SQLException;
    }

    private record Pair<T>(int number, T value) {}

    Interned(Reads reads, int cachedMax, StreamHead.Counter counter, Statements<T> statements) {
        this.reads = reads;
        this.counter = counter;
        this.statements = statements;
        this.numbers = new CommittedCache<>(cachedMax);
        this.values = new CommittedCache<>(cachedMax);
    }

    static Sql find(String table, String number, String text) {
        return Sql.of("SELECT " + number + " FROM " + table + " WHERE " + text + " = ?");
    }

    static Sql byNumber(String columns, String tables, String number) {
        return Sql.of(
                "SELECT "
                        + columns
                        + " FROM "
                        + Wanted.EACH
                        + tables
                        + " WHERE "
                        + number
                        + Wanted.IS_EACH);
    }

    int intern(JdbcTransaction tx, T value) {
        Integer known = numbers.findInWrite(value);
        if (known != null) {
            return known;
        }
        Optional<Integer> stored =
                tx.sql()
                        .first(
                                statements.find(),
                                p -> statements.parameters().bind(value, p),
                                Row::integer);
        if (stored.isPresent()) {
            numbers.keep(value, stored.get());
            return stored.get();
        }
        int number = add(tx, value);
        tx.sql()
                .insert(
                        statements.insert(),
                        p -> statements.parameters().bind(value, p.number(number)));
        return number;
    }

    /// Takes the next number for a value whose row the caller stores.
    int add(JdbcTransaction tx, T value) {
        int number = tx.head().nextNid(counter);
        numbers.keepOnCommit(tx, value, number);
        values.keepOnCommit(tx, number, value);
        return number;
    }

    OptionalInt find(T value) {
        boolean inWrite = reads.isInWrite();
        Integer known = inWrite ? numbers.findInWrite(value) : numbers.find(value);
        if (known != null) {
            return OptionalInt.of(known);
        }
        Optional<Integer> stored =
                reads.first(
                        statements.find(),
                        p -> statements.parameters().bind(value, p),
                        Row::integer);
        if (stored.isEmpty()) {
            return OptionalInt.empty();
        }
        numbers.keep(value, stored.get());
        return OptionalInt.of(stored.get());
    }

    T value(int number) {
        return values(new int[] {number}).getFirst();
    }

    List<T> values(int[] wanted) {
        boolean inWrite = reads.isInWrite();
        List<@Nullable T> found = new ArrayList<>(wanted.length);
        long[] missing = new long[wanted.length];
        int missed = 0;
        for (int number : wanted) {
            T known = inWrite ? values.findInWrite(number) : values.find(number);
            found.add(known);
            if (known == null) {
                missing[missed++] = number;
            }
        }
        Map<Integer, T> stored =
                missed == 0 ? Map.of() : load(java.util.Arrays.copyOf(missing, missed));
        List<T> complete = new ArrayList<>(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            T known = found.get(i);
            T value = known == null ? stored.get(wanted[i]) : known;
            if (value == null) {
                throw new StorageException("Nothing has the number " + wanted[i] + " " + counter);
            }
            complete.add(value);
        }
        return complete;
    }

    private Map<Integer, T> load(long[] missing) {
        Map<Integer, T> loaded = new HashMap<>();
        for (Pair<T> pair : reads.listOf(statements.byNumber(), missing, this::pair)) {
            loaded.put(pair.number(), pair.value());
            values.keep(pair.number(), pair.value());
            numbers.keep(pair.value(), pair.number());
        }
        return loaded;
    }

    private Pair<T> pair(Row row) throws SQLException {
        return new Pair<>(row.integer(), statements.mapper().map(row));
    }
}
