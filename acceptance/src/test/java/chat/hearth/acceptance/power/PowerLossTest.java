package chat.hearth.acceptance.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.WriteTransaction;
import chat.hearth.storage.jdbc.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is on the disk, whatever the disk forgets of what it was not asked to
/// keep. The seed is printed; `-Dhearth.seed=` draws the same losses again.
final class PowerLossTest {

    private static final int IMAGES = 240;
    private static final int CARELESS_IMAGES = 40;

    /// Every so many images the server's own code opens what is left, and writes on.
    private static final int OPENED_EVERY = 12;

    @TempDir Path scratch;

    private final long seed =
            Long.getLong("hearth.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    @Test
    void aLossOfPowerLosesNothingAcknowledged() throws IOException, InterruptedException {
        List<Step> steps = TracedRun.of(TracedWriter.class, scratch, String.valueOf(seed));
        Replay replay = replay(steps, IMAGES);
        System.out.printf(
                "power loss: %d images, %d of them lack something, %d acknowledged writes, %d"
                        + " violations, seed %d%n",
                IMAGES, replay.lacking, replay.acknowledged, replay.violations.size(), seed);
        assertEquals(List.of(), replay.violations, "seed " + seed);
        assertTrue(replay.lacking > IMAGES / 3, "too few images tell anything");
    }

    @Test
    void theAuditFindsWhatAWriterLosesThatDoesNotSync() throws IOException, InterruptedException {
        List<Step> steps = TracedRun.of(CarelessWriter.class, scratch);
        Replay replay = replay(steps, CARELESS_IMAGES);
        assertTrue(
                replay.violations.stream().anyMatch(found -> found.contains("lost: ")),
                () -> "seed " + seed + ": " + replay.violations);
    }

    private static final class Replay {
        private final List<String> violations = new ArrayList<>();
        private int lacking;
        private int acknowledged;
    }

    private Replay replay(List<Step> steps, int images) throws IOException {
        var random = new Random(seed);
        var replay = new Replay();
        var disk = new Disk();
        int done = 0;
        int image = 0;
        for (int moment : moments(random, steps.size(), images)) {
            for (; done < moment; done++) {
                disk.apply(steps.get(done));
            }
            Path directory = Files.createDirectory(scratch.resolve("image-" + image++));
            var luck = new Luck(new Random(random.nextLong()));
            disk.writeAfterLoss(directory, luck);
            List<String> found = ImageAudit.violations(directory, disk.acknowledged());
            if (found.isEmpty() && image % OPENED_EVERY == 0) {
                found = openAndWrite(directory);
            }
            String where = "step " + moment + " of " + steps.size() + ": ";
            found.forEach(violation -> replay.violations.add(where + violation));
            replay.lacking += luck.losses() > 0 ? 1 : 0;
            replay.acknowledged = disk.acknowledged().size();
            delete(directory);
        }
        return replay;
    }

    private static int[] moments(Random random, int steps, int count) {
        return IntStream.generate(() -> random.nextInt(steps + 1)).limit(count).sorted().toArray();
    }

    private static List<String> openAndWrite(Path directory) {
        var config = DatabaseConfig.Sqlite.at(directory.resolve(TracedWriter.DATABASE_FILE));
        try (var database = Database.open(config, _ -> {}, new SecureRandom())) {
            long before = database.journal().announcedPosition();
            long next = database.journal().write(WriteTransaction::nextPosition);
            return next == before + 1
                    ? List.of()
                    : List.of("position " + next + " follows upon " + before);
        } catch (StorageException refused) {
            return List.of("the server does not open it: " + refused);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
