package chat.hearth.storage.jdbc;

import java.util.List;

/// A list of numbers, however long, as one parameter of a statement: what many rooms or events need
/// is read with one statement for all of them, whose text is always the same.
///
/// [Parameters#numbers] fills it, once per statement. In the text of the statement, each database
/// has its own words for it, which are methods of [SqlDialect].
final class Wanted {
    /// The list as a table, for a `FROM`; its one column is `value`.
    static final String TABLE = "{wanted}";

    /// A condition on the column before it: its value is in the list.
    static final String IN_LIST = " {in wanted}";

    /// In a `FROM`, before the table whose rows are wanted: they are looked up one by one. Goes
    /// with [#IS_EACH].
    static final String EACH = "{each wanted}";

    /// A condition on the column before it, the first with a parameter: its value is in the list.
    static final String IS_EACH = " {is each wanted}";

    /// A condition on the column before it: its value is in the one column of the query that
    /// follows up to [#END_OF_ROWS]. The rows are looked up one by one.
    static final String IN_ROWS = " {in rows}";

    /// Ends the query of [#IN_ROWS].
    static final String END_OF_ROWS = "{end of rows}";

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
