package chat.hearth.rooms.stream;

import chat.hearth.storage.Journal;
import chat.hearth.storage.Run;
import chat.hearth.storage.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The runs of the server, and how far each of them came. A database that was restored from a
/// backup gives positions a second time, to other things. Whoever holds a token from between the
/// backup and the restoration can be told from others: the run that gave it did not come so far, or
/// is not known at all. Immutable.
public final class Runs {
    private final String current;
    private final Map<String, Long> ends;

    private Runs(String current, Map<String, Long> ends) {
        this.current = current;
        this.ends = ends;
    }

    /// Begins a run where the stream stands. Returns when that is durable.
    ///
    /// @param name tells this run from all others: up to 16 of `0-9a-z`
    public static Runs begin(Stores stores, Journal journal, String name) {
        journal.write(
                tx -> {
                    stores.runs().begin(tx, name);
                    return name;
                });
        List<Run> runs = stores.runs().all();
        Map<String, Long> ends = new HashMap<>();
        for (int i = 1; i < runs.size(); i++) {
            ends.put(runs.get(i - 1).name(), runs.get(i).startedAt());
        }
        ends.put(name, Long.MAX_VALUE);
        return new Runs(name, Map.copyOf(ends));
    }

    /// The name of this run.
    public String current() {
        return current;
    }

    /// Whether a token tells of what this database holds, or held. Which run gave it is not always
    /// known: one that names none is believed.
    public boolean vouchFor(StreamToken token) {
        String run = token.run();
        return run.isEmpty() || token.position() <= ends.getOrDefault(run, -1L);
    }
}
