package chat.hearth.storage.jdbc;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One SQL statement, written once as a constant beside its mapper. Compared by identity.
final class Sql {
    private static final Pattern TABLE =
            Pattern.compile("\\b(?:FROM|INTO|UPDATE|JOIN)\\s+([a-z_]+)");

    private final String text;
    private final Set<String> tables;
    private final boolean takesNumbers;

    private Sql(String text, Set<String> tables) {
        this.text = text;
        this.tables = tables;
        this.takesNumbers = text.contains(Wanted.TABLE) || text.contains(Wanted.IN_LIST);
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
        return takesNumbers
                ? text.replace(Wanted.TABLE, dialect.wantedTable())
                        .replace(Wanted.IN_LIST, dialect.inWanted())
                : text;
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
