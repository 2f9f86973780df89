package chat.hearth.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyPathTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            textBlock =
                    """
                    'type',                     'type'
                    'content.body',             'content|body'
                    'content.m\\.relates_to',   'content|m.relates_to'
                    'content.m\\\\foo',         'content|m\\foo'
                    'content.m\\x',             'content|m\\x'
                    'a\\',                      'a\\'
                    'a..b',                     'a||b'
                    '',                         ''
                    """)
    void dotsSeparateNamesUnlessEscaped(String path, String names) {
        assertEquals(Arrays.asList(names.split("\\|", -1)), PropertyPath.parse(path).names(), path);
    }

    @Test
    void aPathLeadsThroughObjectsOnly() {
        JsonObject event =
                JsonReader.readObject("{\"content\":{\"body\":\"x\",\"list\":[{\"body\":1}]}}");
        assertEquals(
                Optional.of(new JsonString("x")), PropertyPath.parse("content.body").in(event));
        assertEquals(Optional.empty(), PropertyPath.parse("content.body.x").in(event));
        assertEquals(Optional.empty(), PropertyPath.parse("content.list.body").in(event));
        assertEquals(Optional.empty(), PropertyPath.parse("content.list.0").in(event));
        assertEquals(Optional.empty(), PropertyPath.parse("none").in(event));
    }
}
