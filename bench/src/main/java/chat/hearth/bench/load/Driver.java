package chat.hearth.bench.load;

import chat.hearth.acceptance.wire.ResponseBuffer;
import org.jspecify.annotations.Nullable;

/// What [LoadLoop] sends and what becomes of the answers. Called by the loop's thread only.
public interface Driver {

    /// The next request of connection `n`, or null to leave it idle until [LoadLoop#wake(int,
    /// Driver)].
    byte @Nullable [] next(int n);

    /// The answer to connection `n`'s request, valid during the call.
    ///
    /// @param nanos from before the request was written until the answer was whole
    void answered(int n, ResponseBuffer answer, long nanos);

    /// Whether the loop goes on. Asked after each turn.
    boolean running();
}
