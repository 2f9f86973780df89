package chat.hearth.storage.jdbc;

import java.util.List;

/// A list of numbers, however long, as one parameter of a statement: what many rooms or events need
/// is read with one statement for all of them, whose text is always the same.
///
/// In the statement the list is a table `wanted` with the one column `value`;
/// [Parameters#numbers] fills it.
final class Wanted {
    /// The table, for a `FROM`. Each database has its own name for it: [SqlDialect#wanted].
    static final String TABLE = "{wanted}";

    /// A condition on one column: its value is in the list.
    static final String IN_LIST = " IN (SELECT value FROM " + TABLE + ")";

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
