package chat.hearth.protocol.json;

/// A JSON number: either an integer that canonical JSON allows, or anything else as it was written.
public sealed interface JsonNumber extends JsonValue permits JsonInteger, JsonDecimal {
    /// The largest integer canonical JSON allows, 2^53 − 1; the smallest is its negative. See
    /// [Canonical JSON](https://spec.matrix.org/v1.19/appendices/#canonical-json).
    long INTEGER_MAX = (1L << 53) - 1;

    /// The number's JSON text.
    String text();
}
