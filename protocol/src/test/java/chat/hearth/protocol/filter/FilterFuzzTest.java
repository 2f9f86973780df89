package chat.hearth.protocol.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes come in, a filter is compiled and usable, or refused as a client may see it.
class FilterFuzzTest {
    @FuzzTest
    void anyBytesMakeAFilterOrARefusal(byte[] bytes) {
        try {
            Filter filter = Filter.parse(JsonReader.read(bytes));
            assertEquals(filter, Filter.parse(JsonReader.read(bytes)));
            filter.room().timeline().matches("m.room.message", "@a:x", true);
            filter.eventFields().trim(JsonObject.of("type", "m.room.message"));
        } catch (MatrixException refused) {
            assertEquals(ErrCode.M_BAD_JSON, refused.errCode());
        } catch (JsonException notJson) {
            // The reader's refusal; not the filter's business.
            assertEquals(JsonException.class, notJson.getClass());
        }
    }
}
