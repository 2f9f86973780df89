package chat.hearth.acceptance.power;

import java.nio.charset.StandardCharsets;

/// A write that its writer was told is durable. Writers number their writes from 1 on.
///
/// @param writer who wrote, from 1 on
/// @param number the writer's how many
record Acknowledgement(int writer, int number) {

    private static final String PREFIX = "{\"tag\":\"";

    /// What names this write in the database.
    String tag() {
        return writer + "-" + number;
    }

    /// What it stores: its tag and something to fill pages with.
    byte[] content(int fillingBytes) {
        String json = PREFIX + tag() + "\",\"filling\":\"" + "x".repeat(fillingBytes) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /// The line that notes it.
    String line() {
        return tag() + "\n";
    }

    /// Reads what [#line()] made.
    static Acknowledgement ofLine(String line) {
        return ofTag(line.strip());
    }

    /// Reads the tag out of what [#content(int)] made.
    static Acknowledgement ofContent(byte[] content) {
        String json = new String(content, StandardCharsets.UTF_8);
        int end = json.indexOf('"', PREFIX.length());
        if (!json.startsWith(PREFIX) || end < 0) {
            throw new IllegalArgumentException("not the content of a write: " + json);
        }
        return ofTag(json.substring(PREFIX.length(), end));
    }

    private static Acknowledgement ofTag(String tag) {
        int dash = tag.indexOf('-');
        return new Acknowledgement(
                Integer.parseInt(tag, 0, dash, 10),
                Integer.parseInt(tag, dash + 1, tag.length(), 10));
    }
}
