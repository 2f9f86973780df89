package chat.hearth.http;

import chat.hearth.protocol.error.MatrixException;
import java.util.Optional;

/// Knows the failures that are nobody's mistake, such as a database that is down. They are answered
/// as errors of the protocol, and cost one line in the log instead of a stack trace.
@FunctionalInterface
public interface KnownFailures {
    /// Knows none.
    KnownFailures NONE = _ -> Optional.empty();

    /// What to answer to a request that failed so, if that is known.
    Optional<MatrixException> answer(Throwable failure);
}
