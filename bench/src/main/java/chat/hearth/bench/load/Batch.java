package chat.hearth.bench.load;

import chat.hearth.acceptance.wire.ResponseBuffer;
import java.io.IOException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Sends a known number of requests over some connections, as fast as they are answered. Every
/// answer must be 200.
public final class Batch implements Driver {

    /// Takes an answer.
    public interface Taker {
        /// @param request which of the requests it answers
        /// @param answer valid during the call
        void take(int request, ResponseBuffer answer);
    }

    private final int count;
    private final IntFunction<byte[]> requests;
    private final Taker taker;
    private final int[] inFlight;
    private int sent;
    private int done;

    private Batch(int count, int connections, IntFunction<byte[]> requests, Taker taker) {
        this.count = count;
        this.requests = requests;
        this.taker = taker;
        this.inFlight = new int[connections];
    }

    /// Sends `count` requests over `connections` to `port` and returns when all are answered.
    ///
    /// @throws IllegalStateException for an answer other than 200
    public static void run(
            int port, int connections, int count, IntFunction<byte[]> requests, Taker taker)
            throws IOException {
        try (var loop = new LoadLoop(port, connections)) {
            loop.run(new Batch(count, connections, requests, taker));
        }
    }

    @Override
    public byte @Nullable [] next(int n) {
        if (sent == count) {
            return null;
        }
        inFlight[n] = sent;
        return requests.apply(sent++);
    }

    @Override
    public void answered(int n, ResponseBuffer answer, long nanos) {
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.status() + " " + answer.answer().text());
        }
        done++;
        taker.take(inFlight[n], answer);
    }

    @Override
    public boolean running() {
        return done < count;
    }
}
