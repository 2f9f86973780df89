package chat.hearth.acceptance.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.Needed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is on the disk, whatever the disk forgets of what it was not asked to
/// keep. This is the short form of `./hearth bench power`. The seed is printed; `-Dhearth.seed=`
/// draws the same losses again.
final class PowerLossTest {

    private static final int IMAGES = 60;
    private static final int CARELESS_IMAGES = 40;

    @TempDir Path scratch;

    private final long seed =
            Long.getLong("hearth.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    @BeforeAll
    static void needTheTracer() {
        Needed.command("strace", "the replay of power losses");
    }

    @Test
    void aLossOfPowerLosesNothingAcknowledged() throws IOException, InterruptedException {
        PowerRun.Figures found = PowerRun.run(scratch, IMAGES, seed, _ -> {});
        System.out.printf(
                "power loss: %d images, %d of them lack something, %d acknowledged writes, %d"
                        + " violations, seed %d%n",
                found.images(),
                found.lacking(),
                found.acknowledged(),
                found.violations().size(),
                seed);
        assertEquals(List.of(), found.violations(), "seed " + seed);
        assertEquals(IMAGES, found.images());
        assertTrue(found.lacking() > IMAGES / 4, "too few images tell anything, seed " + seed);
    }

    @Test
    void theAuditFindsWhatAWriterLosesThatDoesNotSync() throws IOException, InterruptedException {
        List<Step> steps = TracedRun.of(CarelessWriter.class, scratch);
        PowerRun.Figures found = PowerRun.replay(steps, scratch, CARELESS_IMAGES, seed);
        assertTrue(
                found.violations().stream().anyMatch(violation -> violation.contains("lost: ")),
                () -> "seed " + seed + ": " + found.violations());
    }
}
