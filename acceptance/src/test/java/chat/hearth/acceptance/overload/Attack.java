package chat.hearth.acceptance.overload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Many threads that do the same to a server again and again, until they are told to stop.
final class Attack implements AutoCloseable {
    private static final String SECONDS = "hearth.attack.seconds";

    /// The short form for every test run; `hearth.attack.seconds` asks for a longer one.
    static final Duration DURATION = Duration.ofSeconds(Integer.getInteger(SECONDS, 4));

    /// Whether a longer form was asked for, which has the machine for itself.
    static final boolean IS_LONG = Integer.getInteger(SECONDS) != null;

    private static final int HELD_MILLIS = 3_000;

    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder rounds = new LongAdder();
    private volatile boolean over;

    /// One round of an attack.
    @FunctionalInterface
    interface Round {
        void run() throws IOException;
    }

    private Attack() {}

    /// Begins an attack with `parallel` threads. A round that fails is followed by the next: that a
    /// server refuses is what it should do.
    static Attack begin(int parallel, Round round) {
        var attack = new Attack();
        for (int i = 0; i < parallel; i++) {
            attack.threads.add(Thread.ofVirtual().start(() -> attack.repeat(round)));
        }
        return attack;
    }

    private void repeat(Round round) {
        while (!over) {
            try {
                round.run();
            } catch (IOException _) {
                // Refused or cut.
            }
            rounds.increment();
        }
    }

    /// How many rounds are done.
    long rounds() {
        return rounds.sum();
    }

    /// One of the many addresses that a machine has for itself.
    ///
    /// @param number up to 250
    static InetAddress address(int number) throws IOException {
        return InetAddress.getByName("127.0.0." + (number + 2));
    }

    /// Sends bytes that are no whole request and holds the connection, until the server ends it or
    /// some seconds have passed.
    static void hold(InetAddress from, int port, byte[] unfinished) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0)) {
            socket.setSoTimeout(HELD_MILLIS);
            socket.getOutputStream().write(unfinished);
            InputStream in = socket.getInputStream();
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (SocketTimeoutException _) {
                // It was held for as long as it should be.
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
