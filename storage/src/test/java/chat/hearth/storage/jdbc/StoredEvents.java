package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.EventId;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;

/// Events for tests of the stores, which do not look into them.
final class StoredEvents {
    private StoredEvents() {}

    static EventId id(String text) {
        return new EventId(text);
    }

    static StoredEvent message(long position, int room, String id) {
        return of(position, room, id, 0, 1);
    }

    static StoredEvent of(long position, int room, String id, int stateKey, long stateBefore) {
        return new StoredEvent(
                position,
                room,
                id(id),
                3,
                "m.room.message",
                stateKey,
                position + 10,
                5,
                position * 2,
                0,
                stateBefore,
                ("{\"at\":" + position + "}").getBytes(StandardCharsets.UTF_8),
                "{\"prev_events\":[]}".getBytes(StandardCharsets.UTF_8),
                0);
    }

    static long append(Stores stores, WriteTransaction tx, String id) {
        long position = tx.nextPosition();
        stores.events().append(tx, message(position, 1, id));
        return position;
    }
}
