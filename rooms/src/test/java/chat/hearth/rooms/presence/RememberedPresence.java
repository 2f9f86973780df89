package chat.hearth.rooms.presence;

import chat.hearth.storage.StoredPresence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A record in memory, which outlasts trackers.
class RememberedPresence implements PresenceRecord {
    private final Map<Integer, StoredPresence> rows = new HashMap<>();
    private int writes;

    @Override
    public List<StoredPresence> latest(int max) {
        return rows.values().stream()
                .sorted(Comparator.comparingLong(StoredPresence::told).reversed())
                .limit(max)
                .toList();
    }

    @Override
    public void keep(List<StoredPresence> told) {
        writes++;
        told.forEach(each -> rows.put(each.user(), each));
    }

    int writes() {
        return writes;
    }
}
