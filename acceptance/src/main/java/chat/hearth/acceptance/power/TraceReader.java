package chat.hearth.acceptance.power;

import chat.hearth.acceptance.power.Step.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `strace -f -y -xx` wrote about a database's files. A call it does not know is an
/// error: whatever changes a file must be part of the picture.
final class TraceReader {

    private static final Pattern THREAD = Pattern.compile("\\d+ +");
    private static final Pattern RESULT = Pattern.compile("\\) += (-?\\d+)");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final String RESUMED = "<... ";

    private final String databaseDirectory;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Pending> unfinished = new HashMap<>();
    private int calls;

    private TraceReader(Path directory) {
        this.databaseDirectory = String.valueOf(directory.getFileName());
    }

    /// Everything that was done to the files in `directory`.
    static List<Step> read(Path trace, Path directory) throws IOException {
        var reader = new TraceReader(directory);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.read(line);
            }
        }
        return reader.steps;
    }

    private record Pending(int call, Action action) {
        /// Names change when the call ends: before, nobody knows whether it will.
        boolean changesNames() {
            return action instanceof Action.Create || action instanceof Action.Remove;
        }
    }

    private void read(String line) {
        Matcher start = THREAD.matcher(line);
        if (!start.lookingAt()) {
            throw new IllegalStateException("not a line of a trace: " + line);
        }
        String thread = start.group();
        String text = line.substring(start.end());
        if (text.startsWith("---") || text.startsWith("+++")) {
            return; // Signals and the ends of threads.
        }
        if (text.startsWith(RESUMED)) {
            Pending pending = unfinished.remove(thread);
            if (pending != null) {
                end(pending, result(text));
            }
        } else if (text.endsWith(UNFINISHED)) {
            begin(text.substring(0, text.length() - UNFINISHED.length()))
                    .ifPresent(pending -> unfinished.put(thread, pending));
        } else {
            begin(text.substring(0, text.lastIndexOf(") ")))
                    .ifPresent(pending -> end(pending, result(text)));
        }
    }

    private static long result(String text) {
        Matcher result = RESULT.matcher(text);
        if (!result.find(Math.max(0, text.lastIndexOf(") ")))) {
            throw new IllegalStateException("a call without a result: " + text);
        }
        return Long.parseLong(result.group(1));
    }

    private Optional<Pending> begin(String text) {
        Optional<Pending> begun =
                action(SystemCall.of(text)).map(action -> new Pending(calls++, action));
        begun.filter(pending -> !pending.changesNames()).ifPresent(this::addBegun);
        return begun;
    }

    private void addBegun(Pending pending) {
        steps.add(new Step.Begun(pending.call(), pending.action()));
    }

    private void end(Pending pending, long result) {
        if (pending.changesNames()) {
            if (result < 0) {
                return; // SQLite removes files that may not be there.
            }
            addBegun(pending);
        }
        long expected = pending.action() instanceof Action.Write w ? w.bytes().length : 0;
        if (result < expected) {
            throw new IllegalStateException("failed in the trace: " + pending.action());
        }
        steps.add(new Step.Ended(pending.call()));
    }

    private Optional<Action> action(SystemCall call) {
        return switch (call.name()) {
            case "pwrite64" -> {
                byte[] bytes = call.bytes(1);
                yield Optional.of(new Action.Write(call.openFile(0), call.number(3), bytes));
            }
            case "ftruncate" -> Optional.of(new Action.Truncate(call.openFile(0), call.number(1)));
            case "fsync", "fdatasync" -> Optional.of(sync(call.openFile(0)));
            case "openat" -> opened(call);
            case "unlink" -> Optional.of(new Action.Remove(call.namedFile(0)));
            case "write" -> acknowledged(call);
            default -> throw unknown(call);
        };
    }

    private Action sync(String file) {
        return file.equals(databaseDirectory) ? new Action.SyncNames() : new Action.Sync(file);
    }

    private static Optional<Action> opened(SystemCall call) {
        String file = call.namedFile(1);
        String flags = call.arguments().get(2);
        if (!flags.contains("O_CREAT") || file.equals(TracedWriter.ACKNOWLEDGED_FILE)) {
            return Optional.empty();
        }
        if (flags.contains("O_TRUNC")) {
            throw unknown(call);
        }
        return Optional.of(new Action.Create(file));
    }

    private Optional<Action> acknowledged(SystemCall call) {
        if (!call.openFile(0).equals(TracedWriter.ACKNOWLEDGED_FILE)) {
            throw unknown(call);
        }
        String line = new String(call.bytes(1), StandardCharsets.US_ASCII);
        steps.add(new Step.Acknowledged(Acknowledgement.ofLine(line)));
        return Optional.empty();
    }

    private static IllegalStateException unknown(SystemCall call) {
        return new IllegalStateException("the replay has no picture of " + call);
    }
}
