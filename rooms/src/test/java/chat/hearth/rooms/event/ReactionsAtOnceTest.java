package chat.hearth.rooms.event;

import static chat.hearth.rooms.TestRooms.ALICE;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two equal reactions come while the disk is busy, so that neither is stored when the other is
/// checked.
final class ReactionsAtOnceTest {
    private static final int PATIENCE_SECONDS = 10;

    @Test
    void onlyOneIsTaken(@TempDir Path folder) throws InterruptedException, ExecutionException {
        var free = new CountDownLatch(1);
        try (TestRooms rooms = TestRooms.sqlite(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            RoomId room = rooms.create(RoomVersion.V12);
            EventId target = rooms.say(room, ALICE, "like?").eventId();
            var busy =
                    rooms.database()
                            .journal()
                            .enqueue(
                                    _ -> {
                                        awaitFree(free);
                                        return true;
                                    });
            var reactions = new ExecutorCompletionService<Sent>(threads);
            reactions.submit(() -> react(rooms, room, target));
            reactions.submit(() -> react(rooms, room, target));
            Future<Sent> refused = reactions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            free.countDown();
            busy.await();
            Throwable cause =
                    assertThrows(
                                    ExecutionException.class,
                                    requireNonNull(refused, "both wait")::get)
                            .getCause();
            assertEquals(
                    ErrCode.M_DUPLICATE_ANNOTATION,
                    assertInstanceOf(MatrixException.class, cause).errCode());
            assertEquals("m.reaction", rooms.event(reactions.take().get().eventId()).type());
        } finally {
            free.countDown();
        }
    }

    private static void awaitFree(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Sent react(TestRooms rooms, RoomId room, EventId target) {
        String content =
                "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"%s\",\"key\":\"+1\"}}"
                        .formatted(target.value());
        return rooms.engine()
                .pipeline()
                .send(
                        room,
                        EventDraft.message(ALICE, "m.reaction", JsonReader.readObject(content)),
                        null);
    }
}
