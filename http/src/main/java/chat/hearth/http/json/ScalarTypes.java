package chat.hearth.http.json;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that a component of a request's or response's record may have, besides records, lists
/// and maps.
final class ScalarTypes {
    private static final Map<Class<?>, RecordShape> SHAPES =
            Map.ofEntries(
                    Map.entry(String.class, new RecordShape.Kind(JsonString.class, "a string")),
                    Map.entry(
                            Boolean.class,
                            new RecordShape.Kind(JsonBoolean.class, "true or false")),
                    Map.entry(Long.class, new RecordShape.Kind(JsonInteger.class, "an integer")),
                    Map.entry(Integer.class, new RecordShape.Int()),
                    Map.entry(Double.class, new RecordShape.Kind(JsonNumber.class, "a number")),
                    Map.entry(
                            JsonValue.class,
                            new RecordShape.Kind(JsonValue.class, "a value other than null")),
                    Map.entry(
                            JsonObject.class, new RecordShape.Kind(JsonObject.class, "an object")),
                    Map.entry(JsonArray.class, new RecordShape.Kind(JsonArray.class, "an array")),
                    Map.entry(
                            UserId.class,
                            new RecordShape.Identifier(UserId::parse, "a valid user id")),
                    Map.entry(
                            RoomId.class,
                            new RecordShape.Identifier(RoomId::parse, "a valid room id")),
                    Map.entry(
                            EventId.class,
                            new RecordShape.Identifier(EventId::parse, "a valid event id")),
                    Map.entry(
                            RoomAlias.class,
                            new RecordShape.Identifier(RoomAlias::parse, "a valid room alias")),
                    Map.entry(
                            ServerName.class,
                            new RecordShape.Identifier(ServerName::parse, "a valid server name")));

    private ScalarTypes() {}

    static @Nullable RecordShape shape(Class<?> type) {
        return SHAPES.get(type);
    }
}
