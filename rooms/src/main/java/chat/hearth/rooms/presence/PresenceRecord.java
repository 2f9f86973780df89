package chat.hearth.rooms.presence;

import chat.hearth.storage.Journal;
import chat.hearth.storage.PresenceStore;
import chat.hearth.storage.StoredPresence;
import java.util.List;

/// What of presence outlasts the server: who was told to be around, and what they say about it.
public interface PresenceRecord {
    /// What was told last, the latest first; `max` users at most.
    List<StoredPresence> latest(int max);

    /// Notes what will be told. Returns when that is durable.
    void keep(List<StoredPresence> told);

    /// The record in a database.
    static PresenceRecord in(PresenceStore store, Journal journal) {
        return new PresenceRecord() {
            @Override
            public List<StoredPresence> latest(int max) {
                return store.latest(max);
            }

            @Override
            public void keep(List<StoredPresence> told) {
                journal.write(
                        tx -> {
                            told.forEach(each -> store.put(tx, each));
                            return told.size();
                        });
            }
        };
    }
}
