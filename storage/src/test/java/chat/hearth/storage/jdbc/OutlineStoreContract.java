package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.Direction;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// An outline is its event without the texts, and knows how long they are.
abstract class OutlineStoreContract extends OnOneDatabase {
    private static final long SEED = 20_261_130;
    private static final int ROOMS = 5;
    private static final int EVENTS = 200;
    private static final int LONGEST = 9_000;

    private final Random random = new Random(SEED);
    private final List<Long> positions = new ArrayList<>();

    @BeforeAll
    void fillRooms() {
        open.write(
                tx -> {
                    for (int n = 0; n < EVENTS; n++) {
                        append(tx, n);
                    }
                    return 0;
                });
    }

    private void append(WriteTransaction tx, int n) {
        long position = tx.nextPosition();
        int key = random.nextInt(3);
        long replaced = key == 0 || positions.isEmpty() ? 0 : some();
        stores.events()
                .append(
                        tx,
                        new StoredEvent(
                                position,
                                1 + random.nextInt(ROOMS),
                                StoredEvents.id("$outline" + n),
                                1 + random.nextInt(9),
                                "type" + random.nextInt(4),
                                key,
                                n,
                                random.nextInt(8),
                                n,
                                0,
                                random.nextInt(50),
                                replaced,
                                text(),
                                text(),
                                0));
        if (random.nextInt(4) == 0 && !positions.isEmpty()) {
            stores.events().redact(tx, some(), position, random.nextInt(8), text(), text());
        }
        positions.add(position);
    }

    private byte[] text() {
        return ("{" + "x".repeat(random.nextInt(LONGEST)) + "}").getBytes(StandardCharsets.UTF_8);
    }

    @RepeatedTest(20)
    void outlinesAreTheEventsWithoutTheirTexts() {
        for (Direction direction : Direction.values()) {
            var query =
                    new TimelineQuery(
                            1 + random.nextInt(ROOMS + 1),
                            some(),
                            some(),
                            direction,
                            1 + random.nextInt(60));
            assertEquals(
                    stores.events().timeline(query).stream().map(this::outline).toList(),
                    stores.outlines().timeline(query),
                    () -> "seed " + SEED + ": " + query);
        }
    }

    @RepeatedTest(20)
    void theLatestOutlinesOfSomeRooms() {
        int[] rooms =
                IntStream.rangeClosed(1, ROOMS + 1).filter(_ -> random.nextBoolean()).toArray();
        long after = random.nextBoolean() ? 0 : some();
        long upTo = random.nextBoolean() ? Long.MAX_VALUE : some();
        int limit = 1 + random.nextInt(40);
        Map<Integer, List<EventOutline>> expected = new HashMap<>();
        for (int room : rooms) {
            var query = new TimelineQuery(room, after, upTo, Direction.BACKWARD, limit);
            List<EventOutline> latest = stores.outlines().timeline(query);
            if (!latest.isEmpty()) {
                expected.put(room, latest);
            }
        }
        assertEquals(
                expected,
                stores.outlines().latest(rooms, after, upTo, limit),
                () -> "seed " + SEED);
    }

    @Test
    void outlinesAtPositions() {
        long[] asked = {positions.get(3), positions.get(9), Long.MAX_VALUE};
        assertEquals(
                Set.of(outline(at(asked[0])), outline(at(asked[1]))),
                Set.copyOf(stores.outlines().at(asked)));
        assertTrue(stores.outlines().at(new long[0]).isEmpty());
        assertThrows(
                IllegalArgumentException.class,
                () -> stores.outlines().at(new long[EventStore.BATCH_MAX + 1]));
    }

    private EventOutline outline(StoredEvent event) {
        return new EventOutline(
                event.position(),
                event.room(),
                event.sender(),
                event.type(),
                event.stateKey(),
                event.flags(),
                event.stateBefore(),
                event.redactedBy(),
                bytes(event));
    }

    private int bytes(StoredEvent event) {
        return event.clientJson().length
                + event.federationJson().length
                + (event.redactedBy() == 0 ? 0 : at(event.redactedBy()).clientJson().length)
                + (event.replaces() == 0 ? 0 : at(event.replaces()).clientJson().length);
    }

    private StoredEvent at(long position) {
        return stores.events().byPosition(position).orElseThrow();
    }

    private long some() {
        return positions.get(random.nextInt(positions.size()));
    }
}
