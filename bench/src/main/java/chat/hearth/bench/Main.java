package chat.hearth.bench;

import chat.hearth.bench.host.DatabaseKind;
import chat.hearth.bench.host.MachineFacts;
import chat.hearth.bench.workload.Crashes;
import chat.hearth.bench.workload.DiskBytes;
import chat.hearth.bench.workload.Fanout;
import chat.hearth.bench.workload.Ground;
import chat.hearth.bench.workload.IdlePolls;
import chat.hearth.bench.workload.InitialSync;
import chat.hearth.bench.workload.Paging;
import chat.hearth.bench.workload.PowerLosses;
import chat.hearth.bench.workload.Resolving;
import chat.hearth.bench.workload.Result;
import chat.hearth.bench.workload.Sends;
import chat.hearth.bench.workload.StartUp;
import chat.hearth.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./hearth bench`: lists the workloads, or runs those named and prints their figures as Markdown.
@Command(
        name = "hearth bench",
        description =
                "Lists the workloads, or runs those named; 'all' runs all but crash and power.",
        mixinStandardHelpOptions = true)
final class Main implements Callable<Integer> {

    private static final String ALL = "all";

    @Parameters(paramLabel = "NAME", description = "The workloads to run.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--database", description = "sqlite or postgresql (default: ${DEFAULT-VALUE})")
    private DatabaseKind database = DatabaseKind.SQLITE;

    @Option(names = "--warm-up", description = "seconds (default: ${DEFAULT-VALUE})")
    private int warmUpSeconds = 10;

    @Option(names = "--seconds", description = "measured (default: ${DEFAULT-VALUE})")
    private int seconds = 15;

    @Option(names = "--kills", description = "for crash (default: ${DEFAULT-VALUE})")
    private int kills = 40;

    @Option(names = "--losses", description = "for power (default: ${DEFAULT-VALUE})")
    private int losses = 1_000;

    @Option(names = "--seed", description = "for crash and power (default: drawn)")
    private long seed = ThreadLocalRandom.current().nextInt(1_000_000);

    /// The entry point.
    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Main())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    /// Every workload, as `bench/workloads.txt` lists them.
    List<Workload> workloads() {
        return List.of(
                new Sends(),
                new Fanout(),
                new InitialSync(),
                new IdlePolls(),
                new Paging(),
                new Resolving(),
                new StartUp(),
                new DiskBytes(),
                new Crashes(kills, seed),
                new PowerLosses(losses, seed));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Workload> all = workloads();
        if (names.isEmpty()) {
            all.forEach(workload -> System.out.println(listed(workload)));
            return CommandLine.ExitCode.OK;
        }
        List<Workload> chosen = all.stream().filter(this::isChosen).toList();
        for (String name : names) {
            if (!name.equals(ALL) && all.stream().noneMatch(w -> w.name().equals(name))) {
                System.err.println("there is no workload " + name);
                return CommandLine.ExitCode.USAGE;
            }
        }
        return run(chosen);
    }

    /// The line that lists a workload.
    static String listed(Workload workload) {
        return "  %-6s %s".formatted(workload.name(), workload.title());
    }

    private boolean isChosen(Workload workload) {
        boolean measures = !(workload instanceof Crashes || workload instanceof PowerLosses);
        return names.contains(workload.name()) || names.contains(ALL) && measures;
    }

    private int run(List<Workload> chosen) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(scratch()), "bench");
        try {
            var ground =
                    new Ground(
                            directory,
                            database,
                            Duration.ofSeconds(warmUpSeconds),
                            Duration.ofSeconds(seconds),
                            System.err);
            List<Result> results = new ArrayList<>();
            try {
                for (Workload workload : chosen) {
                    ground.progress()
                            .println("bench: " + workload.name() + ", " + workload.title());
                    results.addAll(workload.run(ground));
                }
            } finally {
                // One workload that fails does not take the others' figures along.
                print(directory, results);
            }
            boolean met = results.stream().allMatch(Result::met);
            return met ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            delete(directory);
        }
    }

    /// A folder on a disk: the system's temporary folder may be memory, where an fsync costs
    /// nothing.
    private static Path scratch() {
        return Path.of("target", "bench").toAbsolutePath();
    }

    private void print(Path directory, List<Result> results)
            throws IOException, InterruptedException {
        System.out.println();
        System.out.print(MachineFacts.markdown(directory));
        System.out.println("- database: " + database.title());
        System.out.printf(
                Locale.ROOT, "- %d s of warm-up, %d s measured%n%n", warmUpSeconds, seconds);
        System.out.println(Result.head());
        results.forEach(result -> System.out.println(result.row()));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
