package chat.hearth.storage.jdbc;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One SQL statement, written once as a constant beside its mapper. Compared by identity.
final class Sql {
    private static final Pattern TABLE =
            Pattern.compile("\\b(?:FROM|INTO|UPDATE|JOIN)\\s+(?:\\{each wanted})?([a-z_]+)");

    /// `{by INDEX}` behind a table: its rows are found by this index and no other, whatever the
    /// database believes about it. Needs an `ORDER BY` with all columns of the index up to the last
    /// that matters.
    private static final Pattern BY = Pattern.compile("\\{by ([a-z_]+)}");

    /// `{is VALUE}` behind a column: it is equal to a parameter or a column. A plain `=` would take
    /// the column out of the `ORDER BY`, as all rows have the same there, and with it what tells
    /// the index from others.
    private static final Pattern IS = Pattern.compile("\\{is ([a-z_.0-9?]+)}");

    private final String text;
    private final Set<String> tables;

    private Sql(String text, Set<String> tables) {
        this.text = text;
        this.tables = tables;
    }

    static Sql of(String text) {
        Set<String> tables = new HashSet<>();
        Matcher matcher = TABLE.matcher(text);
        while (matcher.find()) {
            tables.add(matcher.group(1));
        }
        return new Sql(text, Set.copyOf(tables));
    }

    /// The text as a database understands it.
    String text(SqlDialect dialect) {
        String plain = BY.matcher(text).replaceAll(by -> dialect.byIndex(by.group(1)));
        plain = IS.matcher(plain).replaceAll(is -> dialect.isExactly(is.group(1)));
        return plain.replace(Wanted.TABLE, dialect.wantedTable())
                .replace(Wanted.IN_LIST, dialect.inWanted())
                .replace(Wanted.EACH, dialect.eachWanted())
                .replace(Wanted.IS_EACH, dialect.isEachWanted())
                .replace(Wanted.IN_ROWS, dialect.inRows())
                .replace(Wanted.END_OF_ROWS, dialect.endOfRows());
    }

    /// Whether both statements name a table in common.
    boolean meets(Sql other) {
        for (String table : tables) {
            if (other.tables.contains(table)) {
                return true;
            }
        }
        return false;
    }
}
