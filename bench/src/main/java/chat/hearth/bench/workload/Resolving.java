package chat.hearth.bench.workload;

import chat.hearth.bench.micro.ResolutionBenchmark;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// W8: state resolution in a large room, measured by JMH in JVMs of its own. It uses no server.
public final class Resolving implements Workload {

    private static final int FORKS = 2;
    private static final int ITERATIONS = 5;
    private static final double TIME_MAX_MS = 20;

    @Override
    public String name() {
        return "w8";
    }

    @Override
    public String title() {
        return "state resolution: 20,000 members, 1,000 conflicts, room versions 11 and 12";
    }

    @Override
    public List<Result> run(Ground ground) {
        return measure(options(ground)).stream().map(Resolving::result).toList();
    }

    private static Options options(Ground ground) {
        return new OptionsBuilder()
                .include(ResolutionBenchmark.class.getName())
                .forks(FORKS)
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow") // what JMH itself uses
                .warmupIterations(ITERATIONS)
                .warmupTime(perIteration(ground.warmUp()))
                .measurementIterations(ITERATIONS)
                .measurementTime(perIteration(ground.measured()))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }

    private static TimeValue perIteration(Duration all) {
        return TimeValue.milliseconds(Math.max(1, all.toMillis() / FORKS / ITERATIONS));
    }

    private static Collection<RunResult> measure(Options options) {
        try {
            return new Runner(options).run();
        } catch (RunnerException failed) {
            throw new IllegalStateException("the benchmark did not run", failed);
        }
    }

    private static Result result(RunResult run) {
        var time = run.getPrimaryResult();
        String what =
                "state resolution, room version %s, ± %.2f %s"
                        .formatted(
                                run.getParams().getParam("version"),
                                time.getScoreError(),
                                time.getScoreUnit());
        return Result.atMost("W8", what, time.getScore(), TIME_MAX_MS, "ms");
    }
}
