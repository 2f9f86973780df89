package chat.hearth.protocol.json;

/// The JSON value `null`.
public enum JsonNull implements JsonValue {
    /// The one null.
    NULL
}
