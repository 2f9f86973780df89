package chat.hearth.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordJsonTest {
    public record Inner(@Nullable String id, @Nullable Long depth) {}

    public record Body(
            @Nullable String displayName,
            @Nullable Integer limit,
            @Nullable Long ts,
            @Nullable Boolean guestCanJoin,
            @Nullable Double ratio,
            @Nullable UserId userId,
            @Nullable JsonObject content,
            @Nullable JsonValue any,
            @Nullable JsonArray list,
            @Nullable List<String> invite,
            @Nullable List<Inner> inners,
            @Nullable Map<String, Inner> byName,
            @Nullable Map<String, List<JsonObject>> nested,
            @Nullable Inner inner,
            @Nullable @JsonbProperty("org.example.flag") Boolean flag) {}

    public record Primitive(int count) {}

    private final RecordJson records = new RecordJson();

    private Body read(String json) {
        return records.read(JsonReader.readObject(json), Body.class);
    }

    @Test
    void everyMemberReachesItsComponentWhateverElseStandsThere() {
        Body body =
                read(
                        """
                        {"unknown": {"a": [1, {"b": 2}]}, "display_name": "Ada", "limit": 2147483647,
                         "ts": 9007199254740991, "guest_can_join": false, "ratio": 0.5,
                         "more": [[], {}], "user_id": "@a:hs",
                         "content": {"x": {"y": [1.50, "z", null, true]}}, "any": 1e300,
                         "list": [1, [2]], "invite": ["@b:hs"],
                         "inners": [{"id": "1", "z": {}}, {"depth": 7}],
                         "by_name": {"key": {"id": "2"}, "value": {"id": "3"}},
                         "nested": {"a": [{"b": 1}], "c": []},
                         "inner": {"id": "4"}, "org.example.flag": true, "last": 0}
                        """);
        assertEquals("Ada", body.displayName());
        assertEquals(Integer.MAX_VALUE, body.limit());
        assertEquals(9007199254740991L, body.ts());
        assertEquals(false, body.guestCanJoin());
        assertEquals(0.5, body.ratio());
        assertEquals(new UserId("@a:hs"), body.userId());
        assertEquals("{\"x\":{\"y\":[1.50,\"z\",null,true]}}", String.valueOf(body.content()));
        assertEquals(JsonReader.read("1e300".getBytes(StandardCharsets.UTF_8)), body.any());
        assertEquals("[1,[2]]", String.valueOf(body.list()));
        assertEquals(List.of("@b:hs"), body.invite());
        assertEquals(List.of(new Inner("1", null), new Inner(null, 7L)), body.inners());
        assertEquals(
                Map.of("key", new Inner("2", null), "value", new Inner("3", null)), body.byName());
        assertEquals(
                Map.of("a", List.of(JsonReader.readObject("{\"b\":1}")), "c", List.of()),
                body.nested());
        assertEquals(new Inner("4", null), body.inner());
        assertEquals(true, body.flag());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                """
                {"display_name": null, "limit": null, "ts": null, "guest_can_join": null,
                 "ratio": null, "more": null, "user_id": null, "content": null, "any": null,
                 "list": null, "invite": null, "inners": null, "by_name": null, "nested": null,
                 "inner": null, "org.example.flag": null}
                """
            })
    void absentAndNullAreTheSame(String json) throws ReflectiveOperationException {
        Body body = read(json);
        for (RecordComponent component : Body.class.getRecordComponents()) {
            assertNull(component.getAccessor().invoke(body), component.getName());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"display_name\": 12}                 | display_name must be a string",
                "{\"display_name\": {}}                 | display_name must be a string",
                "{\"display_name\": true}               | display_name must be a string",
                "{\"limit\": \"12\"}                    | limit must be an integer of 32 bits",
                "{\"limit\": 1.5}                       | limit must be an integer of 32 bits",
                "{\"limit\": 1e3}                       | limit must be an integer of 32 bits",
                "{\"limit\": 2147483648}                | limit must be an integer of 32 bits",
                "{\"limit\": true}                      | limit must be an integer of 32 bits",
                "{\"ts\": \"12\"}                       | ts must be an integer",
                "{\"ts\": 9007199254740992}             | ts must be an integer",
                "{\"ts\": -0}                           | ts must be an integer",
                "{\"guest_can_join\": \"true\"}         | guest_can_join must be true or false",
                "{\"guest_can_join\": 1}                | guest_can_join must be true or false",
                "{\"ratio\": \"0.5\"}                   | ratio must be a number",
                "{\"user_id\": 1}                       | user_id must be a string",
                "{\"content\": []}                      | content must be an object",
                "{\"content\": \"{}\"}                  | content must be an object",
                "{\"list\": {}}                         | list must be an array",
                "{\"invite\": \"@b:hs\"}                | invite must be an array",
                "{\"invite\": [\"a\", 1]}               | invite[1] must be a string",
                "{\"invite\": [null]}                   | invite[0] must be a string",
                "{\"inners\": [5, {\"id\": \"1\"}]}     | inners[0] must be an object",
                "{\"inners\": [{\"id\": 1}]}            | inners[0].id must be a string",
                "{\"by_name\": {\"k\": {\"depth\":\"1\"}}} | by_name.k.depth must be an integer",
                "{\"by_name\": [1]}                     | by_name must be an object",
                "{\"nested\": {\"a\": [[]]}}            | nested.a[0] must be an object",
                "{\"inner\": \"x\"}                     | inner must be an object",
                "{\"org.example.flag\": 0}              | org.example.flag must be true or false",
            })
    void nothingIsCoerced(String json, String message) {
        var refused = assertThrows(MatrixException.class, () -> read(json));
        assertEquals(ErrCode.M_BAD_JSON, refused.errCode());
        assertEquals(400, refused.status());
        assertEquals(message, refused.text());
    }

    @Test
    void aMalformedIdentifierIsNamed() {
        var refused = assertThrows(MatrixException.class, () -> read("{\"user_id\": \"nobody\"}"));
        assertEquals(ErrCode.M_INVALID_PARAM, refused.errCode());
        assertEquals("user_id is not a valid user id", refused.text());
    }

    @Test
    void whatWasReadIsWrittenWithoutNulls() {
        String json =
                """
                {"display_name":"A\\u0000\\"é😀","limit":1,"ts":2,"guest_can_join":true,"ratio":0.5,\
                "user_id":"@a:hs","content":{"z":1,"a":{"f":1.50}},"any":[null,false,"x"],\
                "list":[1],"invite":["i"],"inners":[{"id":"1"}],"by_name":{"k":{"depth":3}},\
                "nested":{"a":[{"b":1}]},"inner":{},"org.example.flag":false}""";
        byte[] written = records.write(read(json));
        assertEquals(JsonReader.readObject(json), JsonReader.readObject(written));
    }

    @Test
    void primitivesAreRefusedBecauseAbsentWouldBecomeZero() {
        assertThrows(
                IllegalArgumentException.class,
                () -> records.read(JsonObject.EMPTY, Primitive.class));
    }
}
