package chat.hearth.acceptance.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs one of our processes under `strace` and tells what it did to its database's files.
final class TracedRun {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// All that change files or make changes durable: those that SQLite makes, and those that it
    /// does not but whose appearance must not go unseen.
    private static final String CALLS =
            "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,"
                    + "truncate,fallocate,sync_file_range,copy_file_range,sendfile,splice,unlink,"
                    + "unlinkat,rename,renameat,renameat2,link,linkat";

    /// Longer than anything that SQLite writes at once.
    private static final int BUFFER_MAX_BYTES = 1 << 20;

    private static final String HOW_TO_HELP =
            "The power-loss replay records a real writer with strace: install it (Debian package"
                    + " strace) and run where a process may trace its children (ptrace; a container"
                    + " needs the capability SYS_PTRACE or a seccomp profile that allows it).";

    private TracedRun() {}

    /// Runs `main` on a new directory.
    ///
    /// @param scratch where to put that directory and the trace
    /// @param arguments given to `main` after the directory
    /// @throws IllegalStateException when it cannot be traced, or fails
    static List<Step> of(Class<?> main, Path scratch, String... arguments)
            throws IOException, InterruptedException {
        Path directory = Files.createDirectory(scratch.resolve(main.getSimpleName())).toRealPath();
        Path trace = scratch.resolve(main.getSimpleName() + ".trace");
        List<String> command = new ArrayList<>(tracer(trace, directory));
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        directory.toString()));
        command.addAll(List.of(arguments));
        run(command, scratch.resolve(main.getSimpleName() + ".log"));
        List<Step> steps = TraceReader.read(trace, directory);
        Files.delete(trace);
        return steps;
    }

    /// SQLite maps the index of its log (`-shm`) into memory and makes it again after a crash: it
    /// is left out.
    private static List<String> tracer(Path trace, Path directory) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of("strace", "-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-e", "signal=none"));
        command.addAll(List.of("-s", String.valueOf(BUFFER_MAX_BYTES), "-o", trace.toString()));
        command.addAll(List.of("-e", "trace=" + CALLS, "-P", directory.toString()));
        Stream.of("", "-wal", "-journal")
                .map(suffix -> directory.resolve(TracedWriter.DATABASE_FILE + suffix))
                .forEach(file -> command.addAll(List.of("-P", file.toString())));
        command.addAll(
                List.of("-P", directory.resolve(TracedWriter.ACKNOWLEDGED_FILE).toString(), "--"));
        return command;
    }

    private static void run(List<String> command, Path log)
            throws IOException, InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
        } catch (IOException absent) {
            throw new IllegalStateException(HOW_TO_HELP, absent);
        }
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("did not end within " + LIMIT, log);
            }
            if (process.exitValue() != 0) {
                throw failed("ended with " + process.exitValue(), log);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static IllegalStateException failed(String how, Path log) throws IOException {
        return new IllegalStateException(
                "The traced writer " + how + ":\n" + Files.readString(log) + "\n" + HOW_TO_HELP);
    }
}
