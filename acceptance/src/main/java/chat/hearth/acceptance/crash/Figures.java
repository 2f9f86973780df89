package chat.hearth.acceptance.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a run found. Written by one thread.
public final class Figures {

    /// More than this many violations tell nothing new.
    private static final int VIOLATIONS_KEPT = 50;

    private final List<String> violations = new ArrayList<>();
    private final List<Duration> restarts = new ArrayList<>();
    private int kills;
    private long violationCount;
    private long acknowledged;
    private long unknown;
    private long unknownApplied;
    private long repeated;
    private long events;
    private long eventsAgain;
    private long syncs;

    void violation(String what) {
        violationCount++;
        if (violations.size() < VIOLATIONS_KEPT) {
            violations.add("kill " + kills + ": " + what);
        }
    }

    void killed() {
        kills++;
    }

    void restarted(Duration took) {
        restarts.add(took);
    }

    void unknown(boolean applied) {
        unknown++;
        unknownApplied += applied ? 1 : 0;
    }

    void repeated() {
        repeated++;
    }

    void events(long count) {
        events += count;
    }

    void eventsAgain(long count) {
        eventsAgain += count;
    }

    void totals(long acknowledgedWrites, long syncAnswers) {
        acknowledged = acknowledgedWrites;
        syncs = syncAnswers;
    }

    /// What was broken, the first of many; empty when nothing was.
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /// How many times the server or its database was killed.
    public int kills() {
        return kills;
    }

    /// How many writes were acknowledged.
    public long acknowledged() {
        return acknowledged;
    }

    /// How many events were read in all, each once.
    public long events() {
        return events;
    }

    /// How many of them were read once more after the last kill.
    public long eventsAgain() {
        return eventsAgain;
    }

    private Duration restart(int percent) {
        if (restarts.isEmpty()) {
            return Duration.ZERO;
        }
        List<Duration> sorted = new ArrayList<>(restarts);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /// The figures as one line of a Markdown table; [#HEAD] is its head.
    public String row(String database) {
        return "| %s | %d | %,d | %d (%d applied) | %,d | %,d | %,d | %d | %s |"
                .formatted(
                        database,
                        kills,
                        acknowledged,
                        unknown,
                        unknownApplied,
                        repeated,
                        events,
                        syncs,
                        violationCount,
                        restartTimes());
    }

    /// From the start after a kill until the first write is acknowledged: median and 99th
    /// percentile.
    public String restartTimes() {
        return restart(50).toMillis() + " / " + restart(99).toMillis() + " ms";
    }

    /// The head of the table that [#row(String)] is a line of.
    public static final String HEAD =
            """
            | database | kills | acknowledged writes | events cut off | sends repeated | events read | syncs | violations | restart p50 / p99 |
            |---|---|---|---|---|---|---|---|---|\
            """;
}
