package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The schema of the answer of `/sync`. It is read from the specification's data where that is at
/// hand: `spec/operations.json` in the directory that the environment variable `HEARTH_TEST_SHARED`
/// names, else beside the repository. Where it is not, the members that the schema requires are
/// checked by the few words of it that are written down here.
final class SyncSchema {
    private static final String SHARED_DEFAULT = "../../shared";

    private static final String EVENT =
            "{\"properties\":{\"events\":{\"type\":\"array\",\"items\":{\"required\":[\"event_id\","
                    + "\"type\",\"sender\",\"origin_server_ts\",\"content\"]}}}}";
    private static final String STRIPPED =
            "{\"properties\":{\"events\":{\"type\":\"array\",\"items\":{\"required\":[\"type\","
                    + "\"state_key\",\"content\",\"sender\"]}}}}";
    private static final String PLAIN =
            "{\"properties\":{\"events\":{\"type\":\"array\","
                    + "\"items\":{\"required\":[\"type\",\"content\"]}}}}";
    private static final String REQUIRED_MEMBERS =
            """
            {"required":["next_batch"],"properties":{"account_data":PLAIN,"presence":PLAIN,
            "rooms":{"properties":{
            "join":{"patternProperties":{"^!":{"properties":{"state":EVENT,"state_after":EVENT,
            "timeline":EVENT,"ephemeral":PLAIN,"account_data":PLAIN}}}},
            "leave":{"patternProperties":{"^!":{"properties":{"state":EVENT,"state_after":EVENT,
            "timeline":EVENT,"account_data":PLAIN}}}},
            "invite":{"patternProperties":{"^!":{"properties":{"invite_state":STRIPPED}}}},
            "knock":{"patternProperties":{"^!":{"properties":{"knock_state":STRIPPED}}}}}}}}
            """
                    .replace("EVENT", EVENT)
                    .replace("STRIPPED", STRIPPED)
                    .replace("PLAIN", PLAIN);

    private final JsonObject schema;

    private SyncSchema(JsonObject schema) {
        this.schema = schema;
    }

    static SyncSchema load() {
        String shared = System.getenv().getOrDefault("HEARTH_TEST_SHARED", SHARED_DEFAULT);
        Path operations = Path.of(shared, "spec", "operations.json");
        if (!Files.isRegularFile(operations)) {
            System.out.println(
                    "LEFT OUT: the check of /sync against the specification's whole schema; "
                            + "spec/operations.json is not in ../shared nor in $HEARTH_TEST_SHARED");
            return new SyncSchema(
                    JsonReader.readObject(
                            REQUIRED_MEMBERS.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return new SyncSchema(responseSchema(operations));
    }

    private static JsonObject responseSchema(Path operations) {
        try {
            JsonObject all = JsonReader.readObject(Files.readAllBytes(operations));
            return all.array("operations").orElseThrow().values().stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.string("operationId").filter("sync"::equals).isPresent())
                    .findFirst()
                    .flatMap(sync -> sync.object("responses"))
                    .flatMap(responses -> responses.object("200"))
                    .flatMap(answer -> answer.object("schema"))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Fails when `answer` is not as the specification says.
    void check(JsonObject answer) {
        var violations = new ArrayList<String>();
        check("", schema, answer, violations);
        assertEquals(List.of(), violations, answer::toString);
    }

    private static void check(String at, JsonObject schema, JsonValue value, List<String> found) {
        schema.array("allOf")
                .ifPresent(all -> all.forEach(each -> check(at, (JsonObject) each, value, found)));
        schema.string("type")
                .filter(type -> !hasType(type, value))
                .ifPresent(type -> found.add(at + " is no " + type));
        schema.array("enum")
                .filter(values -> !values.values().contains(value))
                .ifPresent(values -> found.add(at + " is none of " + values));
        switch (value) {
            case JsonObject object -> checkMembers(at, schema, object, found);
            case JsonArray array -> checkElements(at, schema, array, found);
            case JsonString text ->
                    schema.string("pattern")
                            .filter(
                                    pattern ->
                                            !Pattern.compile(pattern).matcher(text.value()).find())
                            .ifPresent(pattern -> found.add(at + " does not match " + pattern));
            default -> {}
        }
    }

    private static boolean hasType(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "integer" -> value instanceof JsonInteger;
            case "boolean" -> value instanceof JsonBoolean;
            default -> throw new AssertionError("A type that is not known here: " + type);
        };
    }

    private static void checkMembers(
            String at, JsonObject schema, JsonObject object, List<String> found) {
        schema.array("required").orElse(JsonArray.EMPTY).strings().orElseThrow().stream()
                .filter(name -> !object.has(name))
                .forEach(name -> found.add(at + " lacks " + name));
        JsonObject named = schema.object("properties").orElse(JsonObject.EMPTY);
        JsonObject patterns = schema.object("patternProperties").orElse(JsonObject.EMPTY);
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            String path = at + "/" + member.getKey();
            named.object(member.getKey())
                    .ifPresent(inner -> check(path, inner, member.getValue(), found));
            for (String pattern : patterns.names()) {
                if (!Pattern.compile(pattern).matcher(member.getKey()).find()) {
                    found.add(path + " does not match " + pattern);
                } else {
                    check(path, patterns.object(pattern).orElseThrow(), member.getValue(), found);
                }
            }
        }
    }

    private static void checkElements(
            String at, JsonObject schema, JsonArray array, List<String> found) {
        JsonObject items = schema.object("items").orElse(JsonObject.EMPTY);
        for (int i = 0; i < array.size(); i++) {
            check(at + "/" + i, items, array.values().get(i), found);
        }
    }
}
