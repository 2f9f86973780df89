package chat.hearth.acceptance.outage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A disk that refuses: as long as this is open, some calls of a running process on some files
/// fail. Nothing of what was asked is done then.
final class DiskFault implements AutoCloseable {
    private static final String HOW_TO_HELP =
            "Faults of the disk are made with strace: install it (Debian package strace) and run"
                    + " where it may trace a running process (ptrace; as root, or with the"
                    + " capability SYS_PTRACE).";

    private final Process tracer;

    private DiskFault(Process tracer) {
        this.tracer = tracer;
    }

    /// Lets no write to the files through: there is no room.
    static DiskFault full(long pid, Path... files) throws IOException {
        return start(pid, "pwrite64", "ENOSPC", files);
    }

    /// Lets no sync of the files succeed.
    static DiskFault unsynced(long pid, Path... files) throws IOException {
        return start(pid, "fsync,fdatasync", "EIO", files);
    }

    private static DiskFault start(long pid, String calls, String error, Path... files)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-o", "/dev/null", "-e", "signal=none"));
        command.addAll(List.of("-e", "trace=" + calls));
        command.addAll(List.of("-e", "inject=" + calls + ":error=" + error));
        for (Path file : files) {
            command.addAll(List.of("-P", file.toRealPath().toString()));
        }
        command.addAll(List.of("-p", Long.toString(pid)));
        var fault = new DiskFault(new ProcessBuilder(command).redirectErrorStream(true).start());
        fault.awaitAttached();
        return fault;
    }

    private void awaitAttached() throws IOException {
        BufferedReader said = tracer.inputReader(StandardCharsets.UTF_8);
        var before = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(" attached")) {
                return;
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException(before + HOW_TO_HELP);
    }

    /// The disk is well again when this returns.
    @Override
    public void close() throws IOException {
        tracer.destroy();
        try {
            tracer.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
