package chat.hearth.protocol.json;

/// A number that canonical JSON does not allow: a fraction, an exponent, `-0`, or an integer
/// outside of ±(2^53 − 1). Its text is kept as it was written, since room versions 1 to 5 accept
/// such numbers.
///
/// @param text the number as it stood in the JSON text
public record JsonDecimal(String text) implements JsonNumber {
    /// The nearest double; [JsonReader] reads no number that is beyond its range.
    public double doubleValue() {
        return Double.parseDouble(text);
    }
}
