package chat.hearth.acceptance.wire;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;

/// One HTTP answer, read whole.
///
/// @param status the status code
/// @param body the body's bytes, empty when there was none; not copied
@SuppressWarnings("ArrayRecordComponent") // A carrier between two calls; nobody compares answers.
public record Answer(int status, byte[] body) {

    private static final int OK = 200;
    private static final int SERVER_ERROR_MIN = 500;

    /// Whether the status is 200.
    public boolean ok() {
        return status == OK;
    }

    /// Whether the server failed, so that nothing is known about what it did.
    public boolean serverFailed() {
        return status >= SERVER_ERROR_MIN;
    }

    /// The body as text.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The body as a JSON object, whatever the status.
    public JsonObject json() {
        return JsonReader.readObject(body);
    }

    /// The body of a 200 answer.
    ///
    /// @throws IllegalStateException for any other status, with the answer's text
    public JsonObject expectOk(String what) {
        if (!ok()) {
            throw new IllegalStateException(what + ": " + status + " " + text());
        }
        return json();
    }
}
