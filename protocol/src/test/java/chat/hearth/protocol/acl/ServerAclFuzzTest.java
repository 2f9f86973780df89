package chat.hearth.protocol.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonReader;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever stands in a room's state, its access list is compiled and decides, and neither case nor
/// port of a name changes how.
class ServerAclFuzzTest {
    @FuzzTest
    void anyContentDecides(byte[] bytes) {
        try {
            ServerAcl acl = ServerAcl.of(JsonReader.readObject(bytes));
            boolean allowed = acl.allows(new ServerName("evil.example.org"));
            assertEquals(allowed, acl.allows(new ServerName("EVIL.example.ORG.:8448")));
        } catch (JsonException notJson) {
            // The reader's refusal; not the list's business.
            assertEquals(JsonException.class, notJson.getClass());
        }
    }
}
