package chat.hearth.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whatever text comes in, it is a path that leads to what lies at its names, and that can be
/// written down again.
class PropertyPathFuzzTest {
    @FuzzTest
    void anyTextIsAPath(byte[] bytes) {
        List<String> names = PropertyPath.parse(new String(bytes, StandardCharsets.UTF_8)).names();
        String written =
                names.stream()
                        .map(name -> name.replace("\\", "\\\\").replace(".", "\\."))
                        .collect(Collectors.joining("."));
        PropertyPath path = PropertyPath.parse(written);
        assertEquals(names, path.names());

        JsonValue there = new JsonString("there");
        JsonValue value = there;
        for (String name : names.reversed()) {
            value = JsonObject.builder().put(name, value).build();
        }
        JsonObject object = (JsonObject) value;
        assertEquals(Optional.of(there), path.in(object));
        PropertyPath further = PropertyPath.parse(written + ".further");
        assertEquals(Optional.empty(), further.in(object));
    }
}
