package chat.hearth.bench.workload;

import chat.hearth.acceptance.crash.CrashPlan;
import chat.hearth.acceptance.crash.CrashRun;
import chat.hearth.acceptance.crash.Figures;
import chat.hearth.bench.host.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Kills the server again and again under mixed load and audits what is left.
public final class Crashes implements Workload {

    private final int kills;
    private final long seed;

    /// @param kills how many kills
    /// @param seed of everything drawn at random
    public Crashes(int kills, long seed) {
        this.kills = kills;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "crash";
    }

    @Override
    public String title() {
        return "kill -9 under mixed load, restart, audit of every acknowledged write";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("crash")) {
            var plan = CrashPlan.of(kills, seed);
            Figures figures = CrashRun.run(plan, host.server(), host.postgres(), ground::say);
            ground.progress().println(Figures.HEAD);
            ground.progress().println(figures.row(ground.database().title()));
            figures.violations().forEach(ground::say);
            return results(figures);
        }
    }

    private List<Result> results(Figures figures) {
        List<Result> results = new ArrayList<>();
        results.add(
                Result.atMost(
                        "crash",
                        "%,d acknowledged writes over %d kills, seed %d"
                                .formatted(figures.acknowledged(), figures.kills(), seed),
                        figures.violations().size(),
                        0,
                        "violations"));
        results.add(Result.of("crash", "restart, p50 / p99", figures.restartTimes()));
        return results;
    }
}
