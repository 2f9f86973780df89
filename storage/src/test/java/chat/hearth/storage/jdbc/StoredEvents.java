package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.EventId;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
                stateKey == 0 ? 0 : position - 1,
                ("{\"at\":" + position + "}").getBytes(StandardCharsets.UTF_8),
                "{\"prev_events\":[]}".getBytes(StandardCharsets.UTF_8),
                0);
    }

    /// All that an event consists of, to be compared.
    static List<Object> facts(StoredEvent event) {
        return List.of(
                event.position(),
                event.room(),
                event.eventId(),
                event.sender(),
                event.type(),
                event.stateKey(),
                event.depth(),
                event.flags(),
                event.notifyIndex(),
                event.thread(),
                event.stateBefore(),
                event.replaces(),
                new String(event.clientJson(), StandardCharsets.UTF_8),
                new String(event.federationJson(), StandardCharsets.UTF_8),
                event.redactedBy());
    }

    static long append(Stores stores, WriteTransaction tx, String id) {
        long position = tx.nextPosition();
        stores.events().append(tx, message(position, 1, id));
        return position;
    }
}
