package chat.hearth.protocol.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Whatever text comes in, it is no identifier, or one that can be taken apart and put together.
class IdentifierFuzzTest {
    @FuzzTest
    void anyTextIsAnIdentifierOrNone(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        UserId.parse(text)
                .ifPresent(
                        id -> {
                            assertEquals(text, "@" + id.localpart() + ":" + id.serverName());
                            assertTrue(id.isOn(id.serverName()));
                        });
        RoomAlias.parse(text).ifPresent(id -> assertTrue(id.isOn(id.serverName())));
        RoomId.parse(text)
                .flatMap(RoomId::serverName)
                .ifPresent(server -> assertTrue(text.endsWith(":" + server)));
        EventId.parse(text).ifPresent(id -> assertEquals(text, id.value()));
        ServerName.parse(text).ifPresent(name -> assertTrue(text.startsWith(name.host())));
    }
}
