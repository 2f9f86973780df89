package chat.hearth.homeserver.account;

import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// When and where devices were last seen, kept in memory until [#flush()] writes it: a request
/// never waits for it, and a crash may lose the last minute of it. Safe for use by several threads.
final class SeenDevices {
    /// How many devices may wait to be written; further ones are noted when they are seen again.
    static final int WAITING_MAX = 100_000;

    /// So many devices share one write.
    private static final int BATCH_MAX = 1_000;

    private record Sight(long ts, String address) {}

    private final Stores stores;
    private final Journal journal;
    private final ConcurrentMap<Integer, Sight> waiting = new ConcurrentHashMap<>();

    SeenDevices(Stores stores, Journal journal) {
        this.stores = stores;
        this.journal = journal;
    }

    /// Notes that a device was seen.
    ///
    /// @param ts milliseconds since the epoch
    void note(int device, long ts, String address) {
        if (waiting.size() < WAITING_MAX) {
            waiting.put(device, new Sight(ts, address));
        }
    }

    /// Writes what was noted.
    void flush() {
        List<Map.Entry<Integer, Sight>> batch = new ArrayList<>();
        waiting.forEach(
                (device, sight) -> {
                    batch.add(Map.entry(device, sight));
                    if (batch.size() == BATCH_MAX) {
                        write(batch);
                        batch.clear();
                    }
                });
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    private void write(List<Map.Entry<Integer, Sight>> batch) {
        List<Map.Entry<Integer, Sight>> rows = List.copyOf(batch);
        int written =
                journal.write(
                        tx -> {
                            rows.forEach(
                                    row ->
                                            stores.devices()
                                                    .seen(
                                                            tx,
                                                            row.getKey(),
                                                            row.getValue().ts(),
                                                            row.getValue().address()));
                            return rows.size();
                        });
        rows.subList(0, written).forEach(row -> waiting.remove(row.getKey(), row.getValue()));
    }
}
