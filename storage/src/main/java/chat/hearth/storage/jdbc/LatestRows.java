package chat.hearth.storage.jdbc;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The condition that a row is among the latest in a stretch of the stream, for each of several
/// rooms at once.
///
/// So that no room's whole timeline is read, a subquery walks an index from the end of the stretch
/// and stops after as many rows as are wanted. Rows are then taken by their primary keys, which no
/// planner turns into a join that would begin with the rows of all rooms.
///
/// @param table the table
/// @param index `{by INDEX}` for the index by `keys` and `position`, empty for the primary key
/// @param keys the columns before the position in the index
/// @param position the column with the position
/// @param row the column that is wanted
/// @param which a further condition on the rows, which are called `older` in it
record LatestRows(
        String table, String index, List<Key> keys, String position, String row, String which) {
    /// A column and its value: a parameter or a column.
    record Key(String column, String value) {}

    /// The events of a room.
    static LatestRows events(String room) {
        return events("{by events_by_room}", room, "");
    }

    /// The events of a room by an index that may leave some out.
    static LatestRows events(String index, String room, String which) {
        return new LatestRows(
                "events", index, List.of(new Key("room_nid", room)), "position", "position", which);
    }

    /// The condition. Its parameters are those of the keys; `after` if it is one; up to which
    /// position; and how many rows.
    ///
    /// @param column the primary key that is equal to the wanted column
    /// @param after the position after which rows count: a parameter, a column or a number
    String after(String column, String after) {
        String place = "older." + position;
        return column
                + Wanted.IN_ROWS
                + "SELECT older."
                + row
                + " FROM "
                + table
                + " AS older"
                + index
                + " WHERE "
                + each(key -> "older." + key.column() + " {is " + key.value() + "}", " AND ")
                + " AND "
                + place
                + " > "
                + after
                + " AND "
                + place
                + " <= ?"
                + which
                + " ORDER BY "
                + each(key -> "older." + key.column() + " DESC", ", ")
                + ", "
                + place
                + " DESC LIMIT ?"
                + Wanted.END_OF_ROWS;
    }

    private String each(Function<Key, String> part, String between) {
        return keys.stream().map(part).collect(Collectors.joining(between));
    }
}
