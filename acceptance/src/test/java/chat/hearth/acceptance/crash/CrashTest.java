package chat.hearth.acceptance.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.PostgresServer;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that was acknowledged is lost or doubled by a kill at any moment, nothing unacknowledged
/// is there by halves, and no sync skips or repeats. This is the short form of `./hearth bench
/// crash`. The seed is printed; `-Dhearth.seed=` runs the same draws again.
@Timeout(1800)
final class CrashTest {

    private static final int KILLS = 8;

    /// A server that lives for seconds spends most of them compiling itself, unless told not to.
    private static final List<String> SHORT_LIVED =
            List.of(ServerSettings.HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final long seed =
            Long.getLong("hearth.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    @TempDir Path directory;

    @Test
    void sqliteKeepsEveryAcknowledgedWriteOverKills() throws IOException, InterruptedException {
        ServerSettings settings = ServerSettings.sqlite(directory).withJvmOptions(SHORT_LIVED);
        try (var server = ServerProcess.start(settings)) {
            check("SQLite", CrashRun.run(CrashPlan.of(KILLS, seed), server, null, this::quiet));
        }
    }

    @Test
    void postgresqlKeepsEveryAcknowledgedWriteOverKills() throws IOException, InterruptedException {
        try (var database = PostgresServer.start(directory.resolve("pg"));
                var server =
                        ServerProcess.start(
                                ServerSettings.postgresql(
                                                directory.resolve("hearth"), database.url())
                                        .withJvmOptions(SHORT_LIVED))) {
            var plan = CrashPlan.of(KILLS, seed);
            check("PostgreSQL", CrashRun.run(plan, server, database, this::quiet));
        }
    }

    private void quiet(String progress) {
        // The figures at the end say it all; the command-line run shows progress.
    }

    private void check(String database, Figures figures) {
        System.out.println("seed " + seed + "\n" + Figures.HEAD + "\n" + figures.row(database));
        assertEquals(List.of(), figures.violations());
        assertEquals(KILLS, figures.kills());
        assertEquals(figures.events(), figures.eventsAgain(), "read again after the last kill");
        assertTrue(figures.acknowledged() > KILLS, "hardly anything was written");
    }
}
