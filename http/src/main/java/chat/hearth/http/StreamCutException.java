package chat.hearth.http;

/// A streamed answer that failed after part of it was sent.
final class StreamCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Throwable failure;
    private final boolean clientGone;

    /// @param clientGone whether it failed because nobody took it any more
    StreamCutException(Throwable failure, boolean clientGone) {
        super("A streamed answer was cut", failure);
        this.failure = failure;
        this.clientGone = clientGone;
    }

    /// What went wrong.
    Throwable failure() {
        return failure;
    }

    /// Whether it failed because nobody took it any more.
    boolean isClientGone() {
        return clientGone;
    }
}
