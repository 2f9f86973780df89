package chat.hearth.acceptance.crash;

import chat.hearth.acceptance.server.PostgresServer;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.wire.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads a server, kills it at a random moment, starts it again, audits, and again; at last all
/// that was ever written is looked at once more.
public final class CrashRun {

    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);
    private static final Duration RECOVERY_PAUSE = Duration.ofMillis(20);

    private final CrashPlan plan;
    private final ServerProcess server;
    private final @Nullable PostgresServer database;
    private final Figures figures = new Figures();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Reader> secondDevices = new ArrayList<>();
    private final Random random;
    private final Audit audit;

    private CrashRun(CrashPlan plan, ServerProcess server, @Nullable PostgresServer database)
            throws IOException {
        this.plan = plan;
        this.server = server;
        this.database = database;
        this.random = new Random(plan.seed());
        var stage =
                Stage.build(
                        server.port(),
                        "crash",
                        CrashPlan.WORKERS,
                        CrashPlan.READERS,
                        CrashPlan.LOBBIES);
        for (int n = 0; n < stage.workers().size(); n++) {
            workers.add(new Worker(n, stage));
        }
        stage.readers().forEach(each -> readers.add(Reader.ofRooms(each, stage.shared())));
        stage.workers().stream()
                .limit(CrashPlan.SECOND_DEVICES)
                .forEach(each -> secondDevices.add(Reader.ofAccountData(each)));
        this.audit = new Audit(stage, workers, readers, secondDevices, figures);
        audit.begin();
    }

    /// Runs `plan` against a server that is up.
    ///
    /// @param database the PostgreSQL that the server uses, to be killed too; null when it uses
    ///   none
    /// @param progress told a line after each kill
    public static Figures run(
            CrashPlan plan,
            ServerProcess server,
            @Nullable PostgresServer database,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        var run = new CrashRun(plan, server, database);
        for (int kill = 1; kill <= plan.kills(); kill++) {
            CrashPlan.Victim victim = run.round();
            progress.accept(
                    "kill %d of %d (%s): %d acknowledged, %d violations"
                            .formatted(
                                    kill,
                                    plan.kills(),
                                    victim,
                                    run.acknowledged(),
                                    run.figures.violations().size()));
        }
        run.audit.lookBack(run.random);
        run.figures.totals(
                run.acknowledged(), run.following().stream().mapToLong(Reader::syncs).sum());
        return run.figures;
    }

    private long acknowledged() {
        return workers.stream().mapToLong(worker -> worker.ledger().acknowledged()).sum();
    }

    private CrashPlan.Victim round() throws IOException, InterruptedException {
        var stopped = new AtomicBoolean();
        List<Thread> load = startLoad(stopped);
        Thread.sleep(random.nextLong(plan.loadMin().toMillis(), plan.loadMax().toMillis() + 1));
        CrashPlan.Victim victim = drawVictim();
        kill(victim);
        stopped.set(true);
        // Before the load has ended: a server that lives holds its requests until the database is
        // back, and gives up only after a long while.
        restartDatabase(victim);
        for (Thread thread : load) {
            thread.join();
        }
        restartServer(victim);
        audit.run(random);
        return victim;
    }

    private List<Thread> startLoad(AtomicBoolean stopped) {
        List<Thread> load = new ArrayList<>();
        for (Worker worker : workers) {
            var choices = new Random(random.nextLong());
            load.add(Thread.ofPlatform().start(() -> worker.run(choices, stopped::get)));
        }
        for (Reader reader : following()) {
            load.add(Thread.ofPlatform().start(() -> reader.run(stopped::get)));
        }
        return load;
    }

    private List<Reader> following() {
        return Stream.concat(readers.stream(), secondDevices.stream()).toList();
    }

    private CrashPlan.Victim drawVictim() {
        if (database == null) {
            return CrashPlan.Victim.SERVER;
        }
        CrashPlan.Victim[] victims = CrashPlan.Victim.values();
        return victims[random.nextInt(victims.length)];
    }

    private void kill(CrashPlan.Victim victim) {
        figures.killed();
        if (victim != CrashPlan.Victim.DATABASE) {
            server.kill();
        }
        if (victim != CrashPlan.Victim.SERVER && database != null) {
            database.kill();
        }
    }

    private void restartDatabase(CrashPlan.Victim victim) {
        if (victim != CrashPlan.Victim.SERVER && database != null) {
            database.restart();
        }
    }

    /// Brings the server back and takes the time until the first write is acknowledged.
    private void restartServer(CrashPlan.Victim victim) throws IOException, InterruptedException {
        long started = System.nanoTime();
        if (victim != CrashPlan.Victim.DATABASE) {
            server.restart();
        }
        awaitWrites(started + RECOVERY_LIMIT.toNanos());
        figures.restarted(Duration.ofNanos(System.nanoTime() - started));
    }

    private void awaitWrites(long deadline) throws IOException, InterruptedException {
        var account = workers.getFirst().account();
        String target = Worker.accountDataPath(account) + ".probe";
        try (var connection = account.connect()) {
            while (true) {
                Answer answer = connection.put(target, "{}");
                if (answer.ok()) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "no write accepted after a restart: " + answer.text());
                }
                Thread.sleep(RECOVERY_PAUSE);
            }
        }
    }
}
