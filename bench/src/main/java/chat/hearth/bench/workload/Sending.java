package chat.hearth.bench.workload;

import chat.hearth.acceptance.wire.ResponseBuffer;
import chat.hearth.bench.host.ProcessFacts;
import chat.hearth.bench.load.Driver;
import chat.hearth.bench.load.Latencies;
import chat.hearth.bench.load.LoadLoop;
import chat.hearth.bench.load.SendTemplate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends messages as fast as they are acknowledged, one in flight per sender.
final class Sending implements Driver {

    /// A small message, as people write them.
    static final String BODY =
            "Shall we meet at the old mill at eight? The others will come a little later.";

    private static final int OK = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final List<SendTemplate> senders;
    private final Latencies latencies = new Latencies();
    private long until;

    private Sending(List<SendTemplate> senders) {
        this.senders = senders;
    }

    /// What a run took.
    ///
    /// @param perSecond acknowledged sends per second
    /// @param p50 milliseconds
    /// @param p99 milliseconds
    /// @param serverMicros processor time of the server per send
    /// @param driverMicros processor time of the load generator per send
    record Rate(
            double perSecond, double p50, double p99, double serverMicros, double driverMicros) {}

    /// Warms up, then measures.
    static Rate run(Ground ground, int port, ProcessFacts server, List<SendTemplate> senders)
            throws IOException {
        var sending = new Sending(senders);
        try (var loop = new LoadLoop(port, senders.size())) {
            sending.runFor(loop, ground.warmUp());
            sending.latencies.reset();
            double serverBefore = server.cpuSeconds();
            double driverBefore = threadSeconds();
            long started = System.nanoTime();
            sending.runFor(loop, ground.measured());
            double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
            int count = sending.latencies.count();
            return new Rate(
                    count / seconds,
                    sending.latencies.millis(50),
                    sending.latencies.millis(99),
                    (server.cpuSeconds() - serverBefore) * MICROS_PER_SECOND / count,
                    (threadSeconds() - driverBefore) * MICROS_PER_SECOND / count);
        }
    }

    /// Sends to a server that was just started, with nothing compiled and nothing in memory.
    ///
    /// @return acknowledged sends per second, slice by slice
    static List<Double> fromTheStart(
            int port, List<SendTemplate> senders, int slices, Duration slice) throws IOException {
        var sending = new Sending(senders);
        var rates = new ArrayList<Double>(slices);
        try (var loop = new LoadLoop(port, senders.size())) {
            for (int n = 0; n < slices; n++) {
                sending.latencies.reset();
                long started = System.nanoTime();
                sending.runFor(loop, slice);
                double seconds = (System.nanoTime() - started) / NANOS_PER_SECOND;
                rates.add(sending.latencies.count() / seconds);
            }
        }
        return rates;
    }

    private static double threadSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / NANOS_PER_SECOND;
    }

    private void runFor(LoadLoop loop, Duration time) throws IOException {
        until = System.nanoTime() + time.toNanos();
        loop.run(this);
    }

    @Override
    public byte[] next(int n) {
        return senders.get(n).next();
    }

    @Override
    public void answered(int n, ResponseBuffer answer, long nanos) {
        if (answer.status() != OK) {
            throw new IllegalStateException(answer.status() + " " + answer.answer().text());
        }
        latencies.add(nanos);
    }

    @Override
    public boolean running() {
        return System.nanoTime() < until;
    }
}
