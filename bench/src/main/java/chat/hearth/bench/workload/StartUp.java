package chat.hearth.bench.workload;

import chat.hearth.bench.host.Host;
import chat.hearth.bench.host.ProcessFacts;
import chat.hearth.bench.load.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// W11: from the start of the process to its first answer, and the memory of a server at rest.
public final class StartUp implements Workload {

    private static final int STARTS = 9;
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
        return "start to first answer, resident memory at rest";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        var starts = new Latencies();
        // The heap options of `./hearth serve` alone: no limit, so that the JVM's own choice is
        // what is measured.
        try (Host host = ground.host("w11", List.of())) {
            for (int n = 0; n < STARTS; n++) {
                host.server().kill();
                host.server().restart();
                starts.add(host.server().startTime().toNanos());
            }
            Thread.sleep(REST);
            double resident = new ProcessFacts(host.server().pid()).residentBytes() / BYTES_PER_MB;
            return List.of(
                    Result.atMost(
                            "W11",
                            "start to first answer, median of " + STARTS,
                            starts.millis(50) / MS_PER_SECOND,
                            START_MAX_SECONDS,
                            "s"),
                    Result.atMost("W11", "resident at rest", resident, RESIDENT_MAX_MB, "MB"));
        }
    }
}
