package chat.hearth.http;

import java.util.Objects;

/// A streamed answer that failed after part of it was sent.
final class StreamCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean clientGone;
    private final long sentBytes;

    /// @param clientGone whether it failed because nobody took it any more
    /// @param sentBytes how much of the body was sent
    StreamCutException(Throwable failure, boolean clientGone, long sentBytes) {
        super("A streamed answer was cut", failure);
        this.clientGone = clientGone;
        this.sentBytes = sentBytes;
    }

    /// What went wrong.
    Throwable failure() {
        return Objects.requireNonNull(getCause());
    }

    /// Whether it failed because nobody took it any more.
    boolean isClientGone() {
        return clientGone;
    }

    /// How much of the body was sent, in bytes.
    long sentBytes() {
        return sentBytes;
    }
}
