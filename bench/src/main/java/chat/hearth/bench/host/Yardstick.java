package chat.hearth.bench.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.zip.Deflater;

/// Work that never changes, to compare figures that were taken at different hours: virtual machines
/// share their processors with others, and are not always equally fast.
final class Yardstick {
    private static final int TEXT_BYTES = 1 << 20;
    private static final int ROUNDS = 24;
    private static final int LETTERS = 12;
    private static final int HANDOVERS = 20_000;
    private static final double BYTES_PER_MB = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Yardstick() {}

    /// How fast `threads` threads together compress text that fits into a processor's cache, in
    /// megabytes per second. The code that does it is not Java, so that no compiler has to warm up.
    static double megabytesPerSecond(int threads) throws InterruptedException {
        byte[] text = text();
        List<Thread> running = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> compress(text)));
        }
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - before) / NANOS_PER_SECOND;
        return (double) threads * ROUNDS * TEXT_BYTES / BYTES_PER_MB / seconds;
    }

    private static byte[] text() {
        var random = new Random(1);
        byte[] text = new byte[TEXT_BYTES];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(LETTERS));
        }
        return text;
    }

    private static void compress(byte[] text) {
        byte[] out = new byte[2 * TEXT_BYTES];
        for (int round = 0; round < ROUNDS; round++) {
            var deflater = new Deflater();
            deflater.setInput(text);
            deflater.finish();
            deflater.deflate(out);
            deflater.end();
        }
    }

    /// The median time from one thread's handing something over until another, which waited for it,
    /// has handed it back, in microseconds.
    static double handoverMicros() throws InterruptedException {
        var there = new SynchronousQueue<Integer>();
        var back = new SynchronousQueue<Integer>();
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        for (int n = 0; n < HANDOVERS; n++) {
                                            back.put(there.take());
                                        }
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        long[] nanos = new long[HANDOVERS];
        for (int n = 0; n < HANDOVERS; n++) {
            long before = System.nanoTime();
            there.put(n);
            var _ = back.take();
            nanos[n] = System.nanoTime() - before;
        }
        other.join();
        Arrays.sort(nanos);
        return nanos[HANDOVERS / 2] / 1000.0;
    }
}
