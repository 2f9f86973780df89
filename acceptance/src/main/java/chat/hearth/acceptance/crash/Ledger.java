package chat.hearth.acceptance.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one worker wrote and what it was answered. Written by the worker's thread, read by the
/// audit once that thread has ended.
final class Ledger {

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Cell, List<String>> cells = new HashMap<>();
    private final Map<Cell, String> settled = new HashMap<>();
    private final Map<String, Outcome> registrations = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private long acknowledged;
    private int entriesTaken;
    private int registrationsTaken;

    /// Notes an event, and what the same write sets.
    void entry(Entry entry) {
        entries.add(entry);
        count(entry.outcome());
        if (entry.sets() != null) {
            cell(entry.sets().cell(), entry.sets().value(), entry.outcome());
        }
    }

    /// Notes a write of `value`. An acknowledged one leaves only itself as possible; one of unknown
    /// outcome joins the values that were possible before.
    void cell(Cell cell, String value, Outcome outcome) {
        List<String> possible =
                cells.computeIfAbsent(cell, _ -> new ArrayList<>(List.of(Cell.ABSENT)));
        if (outcome == Outcome.ACKNOWLEDGED) {
            possible.clear();
        }
        possible.add(value);
    }

    /// Counts an acknowledged write that is no event.
    void count(Outcome outcome) {
        if (outcome == Outcome.ACKNOWLEDGED) {
            acknowledged++;
        }
    }

    void registration(String name, Outcome outcome) {
        registrations.put(name, outcome);
        count(outcome);
    }

    /// Notes a 4xx: the load asks for nothing that may be refused.
    void refusal(String what) {
        refusals.add(what);
    }

    long acknowledged() {
        return acknowledged;
    }

    List<String> refusals() {
        return refusals;
    }

    Map<Cell, List<String>> cells() {
        return cells;
    }

    /// The value that the audit read becomes the only possible one.
    void settle(Cell cell, String value) {
        cells.put(cell, new ArrayList<>(List.of(value)));
        settled.put(cell, value);
    }

    /// What the last audit read.
    String settled(Cell cell) {
        return settled.getOrDefault(cell, Cell.ABSENT);
    }

    /// The events written since the last call.
    List<Entry> takeEntries() {
        List<Entry> taken = List.copyOf(entries.subList(entriesTaken, entries.size()));
        entriesTaken = entries.size();
        return taken;
    }

    /// The registrations tried since the last call.
    Map<String, Outcome> takeRegistrations() {
        Map<String, Outcome> taken = new LinkedHashMap<>();
        registrations.entrySet().stream()
                .skip(registrationsTaken)
                .forEach(each -> taken.put(each.getKey(), each.getValue()));
        registrationsTaken = registrations.size();
        return taken;
    }

    /// Every event ever written, taken or not, in the order of writing.
    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /// The names of all registrations ever tried, taken or not.
    Set<String> registrations() {
        return Collections.unmodifiableSet(registrations.keySet());
    }
}
