package chat.hearth.storage.jdbc;

import java.util.List;

/// A list of numbers, however long, as one parameter of a statement: what many rooms or events need
/// is read with one statement for all of them, whose text is always the same.
///
/// [Parameters#numbers] fills it. In the text of the statement, each database has its own words for
/// it: [SqlDialect#wantedTable] and [SqlDialect#inWanted].
final class Wanted {
    /// The list as a table, for a `FROM`; its one column is `value`.
    static final String TABLE = "{wanted}";

    /// A condition on the column before it: its value is in the list.
    static final String IN_LIST = " {in wanted}";

    private Wanted() {}

    /// Numbers as a list.
    static long[] of(int[] numbers) {
        long[] wide = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            wide[i] = numbers[i];
        }
        return wide;
    }

    /// What was found, as numbers.
    static int[] ints(List<Integer> found) {
        return found.stream().mapToInt(Integer::intValue).toArray();
    }
}
