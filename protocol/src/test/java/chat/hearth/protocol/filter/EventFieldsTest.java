package chat.hearth.protocol.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFieldsTest {
    private static final JsonObject EVENT =
            json(
                    "{'content':{'body':'x','m.relates_to':{'rel_type':'m.thread','event_id':'$1'},"
                            + "'n':1},'event_id':'$2','sender':'@a:x','type':'t','unsigned':{'age':1}}");

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            textBlock =
                    """
                    content.body                       ; {'body':'x'}                          ; -
                    content                            ; {'body':'x','m.relates_to':{'rel_type':'m.thread','event_id':'$1'},'n':1} ; -
                    content.body,content               ; {'body':'x','m.relates_to':{'rel_type':'m.thread','event_id':'$1'},'n':1} ; -
                    content,content.body               ; {'body':'x','m.relates_to':{'rel_type':'m.thread','event_id':'$1'},'n':1} ; -
                    content.body,content.n             ; {'body':'x','n':1}                    ; -
                    content.m\\.relates_to.rel_type    ; {'m.relates_to':{'rel_type':'m.thread'}} ; -
                    content.body.deeper                ; {}                                    ; -
                    type                               ; {}                                    ; -
                    unsigned.age                       ; {}                                    ; {'age':1}
                    unsigned.none                      ; {}                                    ; -
                    """)
    void onlyTheAskedFieldsAndTheEnvelopeRemain(String paths, String content, String unsigned) {
        var expected =
                JsonObject.builder()
                        .put("content", json(content))
                        .put("event_id", "$2")
                        .put("sender", "@a:x")
                        .put("type", "t")
                        .putIfPresent("unsigned", unsigned == null ? null : json(unsigned))
                        .build();
        assertEquals(expected, EventFields.of(List.of(paths.split(","))).trim(EVENT));
    }

    @Test
    void anAbsentOrEmptyListAsksForEverything() {
        assertSame(EVENT, EventFields.of(List.of()).trim(EVENT));
    }

    @Test
    void pathsDeeperThanAnyEventAreHarmless() {
        EventFields fields = EventFields.of(List.of("content" + ".a".repeat(30_000)));
        assertEquals(JsonObject.EMPTY, fields.trim(EVENT).object("content").orElseThrow());
        assertEquals(fields, EventFields.of(List.of("content.a".repeat(9_000))));
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"'));
    }
}
