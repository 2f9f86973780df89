package chat.hearth.protocol.json;

/// One JSON value. All implementations are immutable, compare by value and are safe to share
/// between threads.
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {}
