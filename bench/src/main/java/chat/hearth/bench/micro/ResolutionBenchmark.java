package chat.hearth.bench.micro;

import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.stateres.StateResolution;
import chat.hearth.testkit.dag.LargeRoom;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Merging the two states of a large room that has forked. All its events are in memory and their
/// signatures count as checked, as they do on a server once an event is stored.
///
/// JMH extends it and sets its fields.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ResolutionBenchmark {

    private static final int MEMBERS = 20_000;
    private static final int CONFLICTS = 1_000;

    /// The room's version: `V11` resolves by version 2 of the algorithm, `V12` by version 2.1.
    @Param({"V11", "V12"})
    public RoomVersion version = RoomVersion.DEFAULT;

    private @Nullable LargeRoom room;
    private @Nullable StateResolution resolution;

    /// Makes the room.
    @Setup
    public void prepare() {
        room = LargeRoom.forked(version, MEMBERS, CONFLICTS);
        var rules = new AuthRules(version.rules(), new CheckedBefore());
        resolution = new StateResolution(version.rules(), rules);
    }

    /// One resolution.
    ///
    /// @return the merged state, so that it is not computed in vain
    @Benchmark
    public StateMap resolve() {
        LargeRoom forked = Objects.requireNonNull(room);
        return Objects.requireNonNull(resolution).resolve(forked.dag(), forked.forks());
    }
}
