package chat.hearth.protocol.json;

/// A text that [JsonReader] refuses, or a value that has no canonical form.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// How the text is at fault.
    public enum Fault {
        /// The bytes are not JSON at all: `M_NOT_JSON`.
        NOT_JSON,
        /// JSON, but with something that is refused here: `M_BAD_JSON`.
        BAD_JSON
    }

    private final Fault fault;

    /// An exception without stack trace, since it tells of the input and not of the code.
    public JsonException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    /// How the text is at fault.
    public Fault fault() {
        return fault;
    }
}
