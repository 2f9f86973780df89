package chat.hearth.protocol.json;

/// A JSON string.
///
/// @param value the text; never holds a lone surrogate when it came from [JsonReader]
public record JsonString(String value) implements JsonValue {}
