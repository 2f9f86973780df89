package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The check of answers finds what is wrong.
final class SyncSchemaTest {
    private final SyncSchema schema = SyncSchema.load();

    private void check(String answer) {
        schema.check(JsonReader.readObject(answer.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theLeastAnswerIsRight() {
        check("{\"next_batch\":\"s1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"next_batch\":\"s1\",\"presence\":{\"events\":[{\"type\":\"m.presence\"}]}}",
                "{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"#a:b\":{}}}}",
                "{\"next_batch\":\"s1\",\"rooms\":{\"join\":{\"!a:b\":{\"timeline\":{\"events\":"
                        + "[{\"type\":\"t\",\"sender\":\"@a:b\",\"origin_server_ts\":1,"
                        + "\"content\":{}}]}}}}}",
                "{\"next_batch\":\"s1\",\"rooms\":{\"invite\":{\"!a:b\":{\"invite_state\":"
                        + "{\"events\":[{\"type\":\"t\",\"sender\":\"@a:b\",\"content\":{}}]}}}}}",
            })
    void whatIsMissingIsFound(String answer) {
        assertThrows(AssertionError.class, () -> check(answer));
    }
}
