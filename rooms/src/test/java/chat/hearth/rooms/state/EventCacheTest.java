package chat.hearth.rooms.state;

import static chat.hearth.rooms.TestRooms.ALICE;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.StoredEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventCacheTest {
    @TempDir Path folder;

    @Test
    void whatWasReadBeforeARedactionAndArrivesAfterItIsNotRemembered() {
        readsWhileItIsRedacted((cache, position) -> cache.find(position).orElseThrow());
        readsWhileItIsRedacted((cache, position) -> cache.all(new long[] {position}).getFirst());
    }

    private interface Reading {
        StoredEvent read(EventCache cache, long position);
    }

    private void readsWhileItIsRedacted(Reading reading) {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12);
            Sent said = rooms.say(room, ALICE, "a secret");
            var slow = new Slow(rooms.stores().events());
            var cache = new EventCache(slow.store(), 1 << 20);
            slow.afterReading =
                    () -> {
                        rooms.engine()
                                .pipeline()
                                .send(
                                        room,
                                        EventDraft.redaction(
                                                ALICE, said.eventId(), JsonObject.EMPTY),
                                        null);
                        cache.forget(said.position());
                    };
            StoredEvent stale = reading.read(cache, said.position());
            assertEquals(0, stale.redactedBy(), "it was whole when it was read");
            assertTrue(reading.read(cache, said.position()).redactedBy() != 0);
        }
    }

    /// A store in which something happens, once, between a reading and its answer.
    private static final class Slow {
        private final EventStore store;
        private Runnable afterReading = () -> {};

        Slow(EventStore store) {
            this.store = store;
        }

        EventStore store() {
            return (EventStore)
                    Proxy.newProxyInstance(
                            EventStore.class.getClassLoader(),
                            new Class<?>[] {EventStore.class},
                            (_, method, arguments) -> {
                                try {
                                    return method.invoke(store, arguments);
                                } catch (InvocationTargetException e) {
                                    throw requireNonNull(e.getCause());
                                } finally {
                                    Runnable once = afterReading;
                                    afterReading = () -> {};
                                    once.run();
                                }
                            });
        }
    }
}
