package chat.hearth.storage.jdbc;

import chat.hearth.migrations.DatabaseKind;
import chat.hearth.storage.StateEntries;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills the tables of a database by their size, so that what [CostCases] ask for is the same in
/// each, and everything around it grows: one room with many events and members among many others, a
/// user with many rooms, receipts, devices and filters, a long history of state.
final class CostTables {
    /// `{from..to}` in a `FROM`: a table of the numbers `i` between these two.
    private static final Pattern SERIES = Pattern.compile("\\{([^{}]+)\\.\\.([^{}]+)}");

    /// `{bytes EXPRESSION}`: 32 bytes that differ for each number.
    private static final Pattern BYTES = Pattern.compile("\\{bytes ([^{}]+)}");

    /// `{hex DIGITS}`: these bytes.
    private static final Pattern HEX = Pattern.compile("\\{hex ([0-9a-f]*)}");

    private static final String ENTRIES =
            HexFormat.of().formatHex(StateCodec.encode(StateEntries.of(1, 1)));

    private static final List<String> FILL =
            List.of(
                    "UPDATE stream_head SET position = 10000000, state_nid = 10000000,"
                            + " user_nid = 10000000, room_nid = 10000000, key_nid = 10000000,"
                            + " type_nid = 10000000, device_nid = 10000000",
                    "INSERT INTO runs SELECT i, 'run' || i, i FROM {1..100}",
                    "INSERT INTO users SELECT i, '@u' || i || ':example.org' FROM {1..:n}",
                    "INSERT INTO types SELECT i, 'type.' || i FROM {1..:n}",
                    "INSERT INTO types VALUES (:message, 'm.room.message'), (:read, 'm.read'),"
                            + " (:private, 'm.read.private'), (:thread, 'm.thread'),"
                            + " (:annotation, 'm.annotation'), (:reaction, 'm.reaction')",
                    "INSERT INTO state_keys SELECT i, 1 + i % 10, 'key' || i FROM {1..:n}",
                    "INSERT INTO rooms (room_nid, room_id, version, created_ts, listed,"
                            + " current_state, joined_members) SELECT i, '!r' || i || ':example.org', '11', i,"
                            + " CASE WHEN i > :n - 10 THEN 1 ELSE 0 END,"
                            + " CASE WHEN i = :hot THEN :n ELSE 0 END, 3 FROM {1..:n}",
                    events("{1..10}", "i", ":quiet", "0", "NULL"),
                    events("{1..:n}", "10 + 2 * i", ":hot", "i", "i"),
                    events("{1..:n}", "11 + 2 * i", ":n + i", "0", "NULL"),
                    events("{1..10}", ":last - 10 + i", ":late", "0", "NULL"),
                    // Of each four: one in the thread, one said, one of state, one redacted. The
                    // busy one said something at the beginning and changed state ever since.
                    "INSERT INTO events (position, room_nid, event_id, sender_nid, type_nid,"
                            + " key_nid, depth, flags, notify_index, thread, thread_index,"
                            + " state_before, redacted_by, client_json, federation_json)"
                            + " SELECT :calm + i, :lively, {bytes :calm + i},"
                            + " CASE WHEN i < 9 OR i % 4 = 3 THEN :busy ELSE 1 END, :message,"
                            + " CASE WHEN i % 4 = 3 THEN i END, i,"
                            + " CASE WHEN i % 4 = 3 THEN 0 ELSE 4 END, i,"
                            + " CASE WHEN i > 1 AND i % 4 = 1 THEN :calm + 1 END,"
                            + " CASE WHEN i > 1 AND i % 4 = 1 THEN i END, 0,"
                            + " CASE WHEN i % 4 = 0 THEN :calm + i END, {bytes i}, {bytes i}"
                            + " FROM {1..:n}",
                    "INSERT INTO threads SELECT :lively, :calm + i,"
                            + " :calm + CASE WHEN i = 1 THEN :n ELSE i END, i FROM {1..:n}",
                    "INSERT INTO threads SELECT :n + i, 11 + 2 * i, 11 + 2 * i, i FROM {1..:n}",
                    "INSERT INTO threads SELECT :hot, 10 + 2 * i, 10 + 2 * i, i FROM {1..5}",
                    "INSERT INTO state_versions SELECT i, :hot,"
                            + " CASE WHEN i % 60 = 1 THEN NULL ELSE i - 1 END,"
                            + " CASE WHEN i % 60 = 1 THEN 0 ELSE 2 END, i % 60, {hex "
                            + ENTRIES
                            + "} FROM {1..:n}",
                    "INSERT INTO state_versions SELECT i, :hot, NULL, 0, 0, {hex "
                            + ENTRIES
                            + "} FROM {:n + 1..:n + 10}",
                    memberships(
                            "i", ":hot", "CASE WHEN i > :n - 10 THEN 2 ELSE 4 END", "i", "1 = 1"),
                    memberships("i", ":big", "2", "i", "1 = 1"),
                    memberships(
                            ":busy",
                            "i",
                            "CASE WHEN i > :n - 10 THEN 2 ELSE 4 END",
                            "CASE WHEN i > :n - 10 THEN 9 * :n ELSE i END",
                            "i NOT IN (:hot, :big)"),
                    memberships(":joiner", "i", "2", "i", "i NOT IN (:hot, :big)"),
                    memberships(":few", "i", "2", "i", "i < 9"),
                    "INSERT INTO closed_to_guests SELECT i, i FROM {1..:n}",
                    "INSERT INTO following_bans SELECT i, i, i, i FROM {1..:n}",
                    relations("11", "10 + 2 * i", ":thread", "i", "NULL", "{2..:n}"),
                    relations(
                            "11", ":last - 10 + i", ":annotation", ":busy", "'k' || i", "{1..10}"),
                    relations("13", "10 + 2 * i", ":thread", ":busy", "NULL", "{2..:n}"),
                    relations("15", "10 + 2 * i", ":annotation", ":busy", "'k'", "{2..:n}"),
                    "INSERT INTO highlights SELECT :busy, :hot, 10 + 2 * i,"
                            + " CASE WHEN i > :n - 10 THEN 15 ELSE 0 END FROM {1..:n}",
                    "INSERT INTO highlights SELECT :busy, :n + i, 11 + 2 * i, 0 FROM {1..:n}",
                    "INSERT INTO highlights SELECT 0, :lively, :calm + i, 0 FROM {1..:n}",
                    "INSERT INTO highlights SELECT 0, :n + i, 11 + 2 * i, 0 FROM {1..:n}",
                    "INSERT INTO highlights SELECT 0, :hot, 10 + 2 * i, 0 FROM {1..5}",
                    receipts("i", ":hot", ":read", "''", "CASE WHEN i > :n - 10 THEN 9 ELSE 1 END"),
                    receipts("i", ":hot", ":private", "''", "9"),
                    receipts("i", ":big", ":read", "''", "9"),
                    receipts(":busy", ":n + i", ":read", "''", "1"),
                    "INSERT INTO receipts SELECT :late, :busy, :read, '$t' || i, 1, 1, i"
                            + " FROM {1..10}",
                    "INSERT INTO account_data SELECT :busy, i, 1 + i % 10, i, {bytes i}"
                            + " FROM {1..:n}",
                    "INSERT INTO account_data SELECT :busy, 0, i, 9 * :n + i, {bytes i}"
                            + " FROM {1..10}",
                    "INSERT INTO filters SELECT :busy, i, i, {bytes i} FROM {1..:n}",
                    "INSERT INTO aliases SELECT '#a' || i || ':example.org', :n + i, 1, i"
                            + " FROM {1..:n}",
                    "INSERT INTO aliases SELECT '#z' || i || ':example.org', :hot, 1, i"
                            + " FROM {1..10}",
                    "INSERT INTO profiles SELECT i, 'displayname', {bytes i}, i FROM {1..:n}",
                    "INSERT INTO profiles SELECT i, '.pending', {bytes i}, i"
                            + " FROM {:n - 9..:n}",
                    "INSERT INTO presence SELECT i, 'online', NULL, i, i FROM {1..:n}",
                    "INSERT INTO accounts SELECT i, 'hash', i, 0,"
                            + " CASE WHEN i > :n - 5 THEN 1 ELSE 0 END, 0,"
                            + " CASE WHEN i > :n - 10 THEN 1 ELSE 0 END, 0, 0 FROM {:n / 2..:n}",
                    devices("i", "i", "{1..:n}"),
                    devices(":n + i", ":joiner", "{1..:n}"),
                    devices("2 * :n + i", ":busy", "{1..9}"),
                    "INSERT INTO access_tokens SELECT {bytes device_nid}, user_nid, device_nid, 1,"
                            + " CASE WHEN device_nid <= 10 THEN 10 WHEN device_nid % 2 = 0 THEN 0"
                            + " ELSE 100000000 END FROM devices",
                    "INSERT INTO refresh_tokens SELECT {bytes device_nid}, user_nid, device_nid, 1,"
                            + " CASE WHEN device_nid <= 10 THEN 10 WHEN device_nid % 2 = 0 THEN 0"
                            + " ELSE 100000000 END, 0 FROM devices",
                    "INSERT INTO login_tokens SELECT {bytes i}, i,"
                            + " CASE WHEN i <= 10 THEN 10 ELSE 100000000 END FROM {1..:n}",
                    "INSERT INTO registration_tokens SELECT 'token' || i, NULL, 0, 0, 0"
                            + " FROM {1..:n}",
                    "INSERT INTO transactions SELECT i, i, 1, 't' || i, i FROM {1..:n}",
                    "INSERT INTO transactions SELECT :n + i, i, 1, 'same', :n + i FROM {1..:n}");

    private CostTables() {}

    /// Fills empty tables.
    static void fill(Connection connection, DatabaseKind kind, CostScale scale)
            throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String text : FILL) {
                statement.execute(written(text, kind, scale));
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static String written(String text, DatabaseKind kind, CostScale scale) {
        String series =
                switch (kind) {
                    case SQLITE ->
                            "(WITH RECURSIVE s(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM s"
                                    + " WHERE i < $2) SELECT i FROM s) AS s";
                    case POSTGRESQL -> "generate_series($1, $2) AS s(i)";
                };
        String bytes =
                switch (kind) {
                    case SQLITE -> "CAST(printf('%032d', $1) AS BLOB)";
                    case POSTGRESQL -> "convert_to(lpad(CAST($1 AS text), 32, '0'), 'UTF8')";
                };
        String hex =
                switch (kind) {
                    case SQLITE -> "x'$1'";
                    case POSTGRESQL -> "decode('$1', 'hex')";
                };
        String plain = HEX.matcher(text).replaceAll(hex);
        plain = BYTES.matcher(plain).replaceAll(bytes);
        plain = SERIES.matcher(plain).replaceAll(series);
        return Pattern.compile(":([a-z]+)")
                .matcher(plain)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        scale.number(found.group(1))
                                                .map(String::valueOf)
                                                .orElse(found.group())));
    }

    private static String events(
            String series, String position, String room, String state, String mark) {
        return "INSERT INTO events (position, room_nid, event_id, sender_nid, type_nid, key_nid,"
                + " depth, flags, notify_index, thread, state_before, state_mark, replaces,"
                + " redacted_by, client_json, federation_json) SELECT "
                + String.join(
                        ", ",
                        position,
                        room,
                        "{bytes " + position + "}",
                        "1, :message, NULL, i, 0, i, NULL",
                        state,
                        mark,
                        "CASE WHEN " + position + " IN (14, 16, 18) THEN 12 END",
                        "CASE WHEN " + position + " IN (14, 16, 18) THEN 20 END",
                        "{bytes i}, {bytes i}")
                + " FROM "
                + series;
    }

    private static String memberships(
            String user, String room, String membership, String position, String where) {
        return "INSERT INTO memberships SELECT "
                + String.join(", ", user, room, membership, position, "1, 0, NULL")
                + " FROM {1..:n} WHERE "
                + where;
    }

    private static String relations(
            String target, String child, String type, String sender, String key, String series) {
        return "INSERT INTO relations (target, child, type_nid, sender_nid, relation_key, hash)"
                + " SELECT "
                + String.join(", ", target, child, type, sender, key, "i")
                + " FROM "
                + series;
    }

    /// @param age multiplied by the size, so that what moved lately does so at all sizes
    private static String receipts(
            String user, String room, String type, String thread, String age) {
        return "INSERT INTO receipts SELECT "
                + String.join(", ", room, user, type, thread, "1, 1, " + age + " * :n + i")
                + " FROM {1..:n}";
    }

    private static String devices(String device, String user, String series) {
        return "INSERT INTO devices (device_nid, user_nid, device_id, display_name, created_ts,"
                + " last_seen_ts, last_seen_ip) SELECT "
                + String.join(", ", device, user, "'D' || (" + device + ")", "NULL, i, 0, NULL")
                + " FROM "
                + series;
    }
}
