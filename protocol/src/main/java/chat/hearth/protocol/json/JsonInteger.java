package chat.hearth.protocol.json;

/// An integer within ±(2^53 − 1), written without fraction or exponent.
///
/// @param value the integer
public record JsonInteger(long value) implements JsonNumber {
    /// Refuses integers that canonical JSON has no room for.
    public JsonInteger {
        if (value > INTEGER_MAX || value < -INTEGER_MAX) {
            throw new IllegalArgumentException("Integer outside of ±(2^53-1): " + value);
        }
    }

    @Override
    public String text() {
        return Long.toString(value);
    }
}
