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
/// is there by halves, and no sync skips or repeats. The seed is printed; `-Dhearth.seed=` runs the
/// same draws again.
@Timeout(600)
final class CrashTest {

    private static final int KILLS = 40;

    private final long seed =
            Long.getLong("hearth.seed", ThreadLocalRandom.current().nextInt(1_000_000));

    @TempDir Path directory;

    @Test
    void sqliteKeepsEveryAcknowledgedWriteOverKills() throws IOException, InterruptedException {
        try (var server = ServerProcess.start(ServerSettings.sqlite(directory))) {
            check("SQLite", CrashRun.run(CrashPlan.of(KILLS, seed), server, null, this::quiet));
        }
    }

    @Test
    void postgresqlKeepsEveryAcknowledgedWriteOverKills() throws IOException, InterruptedException {
        try (var database = PostgresServer.start(directory.resolve("pg"));
                var server =
                        ServerProcess.start(
                                ServerSettings.postgresql(
                                        directory.resolve("hearth"), database.url()))) {
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
        assertTrue(figures.acknowledged() > KILLS, "hardly anything was written");
    }
}
