package chat.hearth.acceptance.power;

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
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Traces real writers, loses power at random moments of what they did, and audits what a disk may
/// have kept.
public final class PowerRun {

    /// So many losses are drawn from one trace; then another writer is traced.
    private static final int IMAGES_PER_TRACE = 250;

    /// Every so many images the server's own code opens what is left, and writes on.
    private static final int OPENED_EVERY = 12;

    private final Path scratch;
    private final Random random;
    private final List<String> violations = new ArrayList<>();
    private int images;
    private int lacking;
    private int acknowledged;

    private PowerRun(Path scratch, long seed) {
        this.scratch = scratch;
        this.random = new Random(seed);
    }

    /// What a run found.
    ///
    /// @param images losses of power
    /// @param lacking those after which the disk lacked something that was not synced
    /// @param acknowledged writes that were acknowledged in all traces
    /// @param violations what is missing or damaged, empty as it should be
    public record Figures(int images, int lacking, int acknowledged, List<String> violations) {
        /// Takes an unmodifiable copy.
        public Figures {
            violations = List.copyOf(violations);
        }
    }

    /// Loses power `images` times.
    ///
    /// @param scratch an empty folder on a disk, for traces and images
    /// @param seed of everything drawn at random
    /// @param progress told a line after each trace
    /// @throws IllegalStateException when processes cannot be traced on this machine
    public static Figures run(Path scratch, int images, long seed, Consumer<String> progress)
            throws IOException, InterruptedException {
        var run = new PowerRun(scratch, seed);
        for (int trace = 1; run.images < images; trace++) {
            Path directory = Files.createDirectory(scratch.resolve("trace-" + trace));
            List<Step> steps =
                    TracedRun.of(TracedWriter.class, directory, String.valueOf(seed + trace));
            run.replay(steps, Math.min(IMAGES_PER_TRACE, images - run.images));
            progress.accept(
                    "%d of %d losses of power: %d violations"
                            .formatted(run.images, images, run.violations.size()));
        }
        return run.figures();
    }

    /// Loses power `images` times at moments of one trace.
    static Figures replay(List<Step> steps, Path scratch, int images, long seed)
            throws IOException {
        var run = new PowerRun(scratch, seed);
        run.replay(steps, images);
        return run.figures();
    }

    private Figures figures() {
        return new Figures(images, lacking, acknowledged, violations);
    }

    private void replay(List<Step> steps, int count) throws IOException {
        var disk = new Disk();
        int done = 0;
        for (int moment : moments(steps.size(), count)) {
            for (; done < moment; done++) {
                disk.apply(steps.get(done));
            }
            String where = "step " + moment + " of " + steps.size() + ": ";
            losePower(disk).forEach(violation -> violations.add(where + violation));
        }
        acknowledged += disk.acknowledged().size();
    }

    private List<String> losePower(Disk disk) throws IOException {
        Path directory = Files.createDirectory(scratch.resolve("image-" + images++));
        var luck = new Luck(new Random(random.nextLong()));
        disk.writeAfterLoss(directory, luck);
        lacking += luck.losses() > 0 ? 1 : 0;
        List<String> found = ImageAudit.violations(directory, disk.acknowledged());
        if (found.isEmpty() && images % OPENED_EVERY == 0) {
            found = openAndWrite(directory);
        }
        delete(directory);
        return found;
    }

    private int[] moments(int steps, int count) {
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
