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
import chat.hearth.storage.Change;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.StoredEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventCacheTest {
    @TempDir Path folder;

    @Test
    void whatWasReadBeforeARedactionAndArrivesAfterItIsNotRemembered() {
        for (Telling telling :
                List.<Telling>of(EventCacheTest::isToldOfIt, EventCacheTest::isToldOfAGap)) {
            readsWhileItIsRedacted((cache, at) -> cache.find(at).orElseThrow(), telling);
            readsWhileItIsRedacted((cache, at) -> cache.all(new long[] {at}).getFirst(), telling);
        }
    }

    private interface Reading {
        StoredEvent read(EventCache cache, long position);
    }

    /// How a cache hears of a redaction.
    private interface Telling {
        void tell(EventCache cache, long redacted, long redaction);
    }

    private static void isToldOfIt(EventCache cache, long redacted, long redaction) {
        cache.forgetWith(redacted, redaction);
        cache.committed(List.of(new Change(redaction, Change.Kind.EVENT, 1, 0)));
    }

    private static void isToldOfAGap(EventCache cache, long redacted, long redaction) {
        cache.forgetWith(redacted, redaction);
        cache.skipped(redaction);
    }

    private void readsWhileItIsRedacted(Reading reading, Telling telling) {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12);
            Sent said = rooms.say(room, ALICE, "a secret");
            var slow = new Slow(rooms.stores().events());
            var cache = new EventCache(slow.store(), 1 << 20, new AtHand());
            slow.afterReading =
                    () -> {
                        Sent redaction = redact(rooms, room, said);
                        telling.tell(cache, said.position(), redaction.position());
                    };
            StoredEvent stale = reading.read(cache, said.position());
            assertEquals(0, stale.redactedBy(), "it was whole when it was read");
            assertTrue(reading.read(cache, said.position()).redactedBy() != 0);
        }
    }

    @Test
    void whatASnapshotShowsAsItWasBeforeARedactionIsNotRemembered() {
        for (Telling telling :
                List.<Telling>of(EventCacheTest::isToldOfIt, EventCacheTest::isToldOfAGap)) {
            try (TestRooms rooms = TestRooms.sqlite(folder)) {
                RoomId room = rooms.create(RoomVersion.V12);
                Sent said = rooms.say(room, ALICE, "a secret");
                var cache = new EventCache(rooms.stores().events(), 1 << 20, new AtHand());
                StoredEvent stale =
                        cache.inSnapshot(
                                rooms.stores().snapshots(),
                                () -> {
                                    assertTrue(rooms.stores().rooms().find(1).isPresent());
                                    elsewhere(
                                            () -> {
                                                Sent redaction = redact(rooms, room, said);
                                                telling.tell(
                                                        cache,
                                                        said.position(),
                                                        redaction.position());
                                            });
                                    return cache.require(said.position());
                                });
                assertEquals(0, stale.redactedBy(), "the snapshot is of before");
                assertTrue(cache.require(said.position()).redactedBy() != 0);
            }
        }
    }

    /// What is done by the thread that reads a snapshot would see that.
    private static void elsewhere(Runnable work) {
        try {
            Thread.ofPlatform().start(work).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Sent redact(TestRooms rooms, RoomId room, Sent target) {
        return rooms.engine()
                .pipeline()
                .send(room, EventDraft.redaction(ALICE, target.eventId(), JsonObject.EMPTY), null);
    }

    @Test
    void whoIsToldOfARedactionFindsTheEventWithoutWhatItTookAway() {
        try (TestRooms rooms = TestRooms.sqlite(folder)) {
            RoomId room = rooms.create(RoomVersion.V12);
            EventCache cache = rooms.engine().cache();
            Sent said = rooms.say(room, ALICE, "a secret");
            var found = new AtomicReference<StoredEvent>();
            rooms.whenAnnounced(() -> found.set(cache.require(said.position())));
            redact(rooms, room, said);
            assertTrue(requireNonNull(found.get()).redactedBy() != 0);
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
