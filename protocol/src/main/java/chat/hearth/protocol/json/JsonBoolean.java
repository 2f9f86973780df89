package chat.hearth.protocol.json;

/// `true` or `false`.
///
/// @param value the truth value
public record JsonBoolean(boolean value) implements JsonValue {
    /// The value `true`.
    public static final JsonBoolean TRUE = new JsonBoolean(true);

    /// The value `false`.
    public static final JsonBoolean FALSE = new JsonBoolean(false);

    /// The shared instance for `value`.
    public static JsonBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
