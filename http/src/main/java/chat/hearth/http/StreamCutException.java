package chat.hearth.http;

import java.util.Objects;

/// A streamed answer that failed after part of it was sent.
final class StreamCutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean clientGone;

    /// @param clientGone whether it failed because nobody took it any more
    StreamCutException(Throwable failure, boolean clientGone) {
        super("A streamed answer was cut", failure);
        this.clientGone = clientGone;
    }

    /// What went wrong.
    Throwable failure() {
        return Objects.requireNonNull(getCause());
    }

    /// Whether it failed because nobody took it any more.
    boolean isClientGone() {
        return clientGone;
    }
}
