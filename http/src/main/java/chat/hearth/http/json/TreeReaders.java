package chat.hearth.http.json;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Components of our JSON types take the subtree that [TreeParser] stands at.
final class TreeReaders {
    private TreeReaders() {}

    static JsonbDeserializer<?>[] all() {
        return new JsonbDeserializer<?>[] {new OfValue(), new OfObject(), new OfArray()};
    }

    private static <T extends JsonValue> @Nullable T subtree(JsonParser parser, Class<T> type) {
        JsonValue value = ((TreeParser.Position) parser.getLocation()).value();
        return value == JsonNull.NULL ? null : type.cast(value);
    }

    private static final class OfValue implements JsonbDeserializer<JsonValue> {
        @Override
        public @Nullable JsonValue deserialize(
                JsonParser parser, DeserializationContext ctx, Type type) {
            return subtree(parser, JsonValue.class);
        }
    }

    private static final class OfObject implements JsonbDeserializer<JsonObject> {
        @Override
        public @Nullable JsonObject deserialize(
                JsonParser parser, DeserializationContext ctx, Type type) {
            return subtree(parser, JsonObject.class);
        }
    }

    private static final class OfArray implements JsonbDeserializer<JsonArray> {
        @Override
        public @Nullable JsonArray deserialize(
                JsonParser parser, DeserializationContext ctx, Type type) {
            return subtree(parser, JsonArray.class);
        }
    }
}
