package chat.hearth.http.json;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonDecimal;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;

/// Writes components of our JSON types as the JSON that they are.
final class TreeWriter implements JsonbSerializer<JsonValue> {
    @Override
    public void serialize(JsonValue value, JsonGenerator out, SerializationContext ctx) {
        write(value, out);
    }

    private static void write(JsonValue value, JsonGenerator out) {
        switch (value) {
            case JsonObject object -> {
                out.writeStartObject();
                object.members()
                        .forEach(
                                (name, member) -> {
                                    out.writeKey(name);
                                    write(member, out);
                                });
                out.writeEnd();
            }
            case JsonArray array -> {
                out.writeStartArray();
                array.forEach(element -> write(element, out));
                out.writeEnd();
            }
            case JsonString string -> out.write(string.value());
            case JsonInteger integer -> out.write(integer.value());
            case JsonDecimal decimal -> out.write(new BigDecimal(decimal.text()));
            case JsonBoolean bool -> out.write(bool.value());
            case JsonNull _ -> out.writeNull();
        }
    }
}
