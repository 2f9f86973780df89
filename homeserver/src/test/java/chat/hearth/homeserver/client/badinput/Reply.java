package chat.hearth.homeserver.client.badinput;

import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a server answered.
///
/// @param status 0 when it closed the connection without an answer
/// @param headers by name in small letters
/// @param text the body
/// @param closed whether the connection was seen to end
record Reply(int status, Map<String, String> headers, String text, boolean closed) {
    /// The last answer in what came over a connection.
    static Reply last(String bytes, boolean closed) {
        int start = bytes.lastIndexOf("HTTP/1.1 ");
        if (start < 0) {
            return new Reply(0, Map.of(), "", closed);
        }
        int blank = bytes.indexOf("\r\n\r\n", start);
        String[] head = bytes.substring(start, blank).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            headers.put(
                    head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    head[i].substring(colon + 1).strip());
        }
        String body =
                new String(
                        bytes.substring(blank + 4).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(head[0].split(" ", -1)[1]), headers, body, closed);
    }

    /// The body.
    JsonObject json() {
        try {
            return JsonReader.readObject(text);
        } catch (JsonException e) {
            throw new AssertionError("No JSON object: " + this, e);
        }
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// A string member of the body.
    String string(String name) {
        return json().string(name)
                .orElseThrow(() -> new AssertionError("No " + name + " in " + this));
    }
}
