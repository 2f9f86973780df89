package chat.hearth.http;

/// A streamed answer that failed after part of it was sent.
final class StreamCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamCutException(Throwable cause) {
        super("A streamed answer was cut", cause);
    }
}
