package chat.hearth.bench.workload;

import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.bench.host.DatabaseKind;
import chat.hearth.bench.host.Host;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What all workloads of one run share.
///
/// @param directory holds the data of every server; empty at the start, deleted at the end
/// @param database which database to use
/// @param warmUp how long load runs before it is measured
/// @param measured how long it is measured
/// @param progress told what is going on
public record Ground(
        Path directory,
        DatabaseKind database,
        Duration warmUp,
        Duration measured,
        PrintStream progress) {

    /// A new server with an empty database.
    ///
    /// @param name a folder of its own
    public Host host(String name) {
        return host(name, List.of(ServerSettings.HEAP));
    }

    /// A new server with an empty database and other options for its JVM.
    public Host host(String name, List<String> jvmOptions) {
        return Host.start(directory.resolve(name), database, jvmOptions);
    }

    /// Tells what is going on.
    void say(String what) {
        progress.println("bench: " + what);
    }
}
