package chat.hearth.bench.workload;

import chat.hearth.acceptance.power.PowerRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Loses power again and again at moments of traced runs and audits what the disk may have kept. It
/// is about SQLite; PostgreSQL has its own tests.
public final class PowerLosses implements Workload {

    private final int losses;
    private final long seed;

    /// @param losses how many losses of power
    /// @param seed of everything drawn at random
    public PowerLosses(int losses, long seed) {
        this.losses = losses;
        this.seed = seed;
    }

    @Override
    public String name() {
        return "power";
    }

    @Override
    public String title() {
        return "loss of power at any moment of a traced run, audit of every acknowledged write";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        Path scratch = Files.createDirectories(ground.directory().resolve(name()));
        PowerRun.Figures figures = PowerRun.run(scratch, losses, seed, ground::say);
        figures.violations().forEach(ground::say);
        return List.of(
                Result.atMost(
                        name(),
                        "%,d losses of power, %,d of them lost something, %,d acknowledged writes, seed %d"
                                .formatted(
                                        figures.images(),
                                        figures.lacking(),
                                        figures.acknowledged(),
                                        seed),
                        figures.violations().size(),
                        0,
                        "violations"));
    }
}
