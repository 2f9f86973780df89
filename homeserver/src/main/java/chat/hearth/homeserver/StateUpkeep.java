package chat.hearth.homeserver;

import chat.hearth.storage.Journal;
import chat.hearth.storage.StateStore;
import java.time.Duration;

/// Frees the versions of room state that nothing refers to any more, pass after pass over all of
/// them. A version that others rest on is freed once they are.
final class StateUpkeep implements Runnable {
    /// How often it runs.
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /// One run looks at no more versions than this, so that others need not wait for it.
    static final int VERSIONS_MAX = 1_000;

    /// A server where nothing happens is looked through no more often than this.
    private static final int PAUSE_RUNS = 24 * 60;

    private final StateStore states;
    private final Journal journal;

    /// Where the next run goes on, and where this pass ends.
    private long after;

    private long end;
    private int pause;

    StateUpkeep(StateStore states, Journal journal) {
        this.states = states;
        this.journal = journal;
    }

    @Override
    public void run() {
        if (pause > 0) {
            pause--;
            return;
        }
        if (after == end) {
            after = 0;
            end = states.latest() + 1;
        }
        long from = after;
        after = journal.write(tx -> states.collect(tx, from, end, VERSIONS_MAX));
        if (after == end) {
            pause = PAUSE_RUNS;
        }
    }
}
