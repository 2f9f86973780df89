package chat.hearth.bench.workload;

import chat.hearth.bench.host.Host;
import chat.hearth.bench.host.ProcessFacts;
import chat.hearth.bench.load.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// W11: from the launcher's first line to the server's first answer, and the memory of a server at
/// rest.
public final class StartUp implements Workload {

    private static final int STARTS = 9;

    /// No limit to the heap, so that the JVM's own choice is what is measured.
    private static final List<String> UNLIMITED = List.of();

    private static final List<String> UNCACHED = List.of("-XX:AOTMode=off");
    private static final Duration REST = Duration.ofSeconds(5);
    private static final double START_MAX_SECONDS = 1.5;
    private static final double RESIDENT_MAX_MB = 150;
    private static final double BYTES_PER_MB = 1e6;
    private static final double MS_PER_SECOND = 1e3;

    @Override
    public String name() {
        return "w11";
    }

    @Override
    public String title() {
        return "`./hearth serve` to first answer, resident memory at rest";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        return List.of(
                Result.atMost(
                        "W11",
                        "`./hearth serve` to first answer, median of " + STARTS,
                        secondsToFirstAnswer(ground, "w11", UNLIMITED),
                        START_MAX_SECONDS,
                        "s"),
                Result.of(
                        "W11",
                        "the same without the start-up cache",
                        "%.2f s".formatted(secondsToFirstAnswer(ground, "w11-uncached", UNCACHED))),
                Result.atMost(
                        "W11",
                        "resident at rest",
                        restingMegabytes(ground),
                        RESIDENT_MAX_MB,
                        "MB"));
    }

    private static double secondsToFirstAnswer(
            Ground ground, String name, List<String> jvmOptions) {
        var starts = new Latencies();
        try (Host host = ground.host(name, jvmOptions)) {
            for (int n = 0; n < STARTS; n++) {
                host.server().kill();
                host.server().restart();
                starts.add(host.server().startTime().toNanos());
            }
        }
        return starts.millis(50) / MS_PER_SECOND;
    }

    private static double restingMegabytes(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("w11-rest", UNLIMITED)) {
            Thread.sleep(REST);
            return new ProcessFacts(host.server().pid()).residentBytes() / BYTES_PER_MB;
        }
    }
}
