package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StateStore;
import chat.hearth.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions of room state hold what was put into them, however they are packed.
abstract class StateStoreContract {
    private static final long SEED = 20_261_122;

    private OpenDatabase open;

    abstract OpenDatabase openFresh();

    @BeforeEach
    void openDatabase() {
        open = openFresh();
    }

    @AfterEach
    void closeDatabase() {
        open.close();
    }

    @Test
    void randomChainsWithForksEqualANaiveMap() {
        Random random = new Random(SEED);
        List<Long> versions = new ArrayList<>();
        List<Map<Integer, Long>> expected = new ArrayList<>();
        versions.add(0L);
        expected.add(Map.of());
        for (int round = 0; round < 20; round++) {
            open.write(
                    tx -> {
                        for (int step = 0; step < 40; step++) {
                            int last = versions.size() - 1;
                            int parent = random.nextInt(20) == 0 ? random.nextInt(last + 1) : last;
                            Map<Integer, Long> changes = changes(random);
                            versions.add(
                                    states().add(tx, 1, versions.get(parent), entries(changes)));
                            expected.add(applied(expected.get(parent), changes));
                        }
                        return 0;
                    });
        }
        open.reopen();
        for (int i = 0; i < versions.size(); i++) {
            StateEntries loaded = states().load(versions.get(i));
            assertEquals(entries(expected.get(i)), loaded, "version " + i + ", seed " + SEED);
            int key = random.nextInt(60);
            long position = states().position(versions.get(i), key);
            assertEquals(expected.get(i).getOrDefault(key, 0L), position, "seed " + SEED);
        }
    }

    @Test
    void aLongChainInALargeRoomStaysSmall() {
        int members = 5_000;
        int changes = 400;
        long[] last = new long[1];
        open.write(
                tx -> {
                    Map<Integer, Long> whole = new TreeMap<>();
                    for (int key = 1; key <= members; key++) {
                        whole.put(key, 100L + key);
                    }
                    last[0] = states().add(tx, 1, 0, entries(whole));
                    return 0;
                });
        long before = packedBytes();
        open.write(
                tx -> {
                    for (int i = 1; i <= changes; i++) {
                        last[0] = states().add(tx, 1, last[0], StateEntries.of(i, 9_000L + i));
                    }
                    return 0;
                });
        long perChange = (packedBytes() - before) / changes;
        assertTrue(perChange < 40, "bytes per change: " + perChange);
        assertEquals(9_000L + changes, states().position(last[0], changes));
        assertEquals(100L + members, states().position(last[0], members));
        assertEquals(members, states().load(last[0]).size());
    }

    @Test
    void onlyVersionsThatNothingRefersToAreCollected() {
        RoomId roomId = new RoomId("!gc:example.org");
        long[] versions = new long[6];
        open.write(
                tx -> {
                    int room = open.stores().rooms().create(tx, roomId, RoomVersion.V10, 1);
                    for (int i = 1; i < versions.length; i++) {
                        long parent = i == 5 ? versions[1] : versions[i - 1];
                        versions[i] = states().add(tx, room, parent, StateEntries.of(i, 100L + i));
                    }
                    // 1 <- 2 <- 3 <- 4 and 1 <- 5: an event has 3, the room has 5, nothing has 4.
                    open.stores()
                            .events()
                            .append(
                                    tx,
                                    StoredEvents.of(
                                            tx.nextPosition(), room, "$in", 0, versions[3]));
                    open.stores().rooms().changeCurrentState(tx, room, versions[5]);
                    return 0;
                });
        long end = versions[5] + 1;
        assertEquals(versions[2], open.write(tx -> states().collect(tx, 0, end, 2)).longValue());
        assertEquals(end, open.write(tx -> states().collect(tx, versions[2], end, 10)).longValue());
        assertThrows(StorageException.class, () -> states().load(versions[4]));
        assertEquals(3, states().load(versions[3]).size());
        assertEquals(2, states().load(versions[5]).size());
    }

    private StateStore states() {
        return open.stores().states();
    }

    private long packedBytes() {
        Sql sum = Sql.of("SELECT SUM(LENGTH(entries)) FROM state_versions");
        return open.write(
                tx ->
                        JdbcTransaction.of(tx)
                                .sql()
                                .first(sum, Binding.NONE, Row::number)
                                .orElse(0L));
    }

    private static Map<Integer, Long> changes(Random random) {
        Map<Integer, Long> changes = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long position = random.nextInt(5) == 0 ? 0 : random.nextLong(-50, 1L << 40);
            changes.put(1 + random.nextInt(60), position);
        }
        return changes;
    }

    private static Map<Integer, Long> applied(
            Map<Integer, Long> before, Map<Integer, Long> changes) {
        Map<Integer, Long> after = new TreeMap<>(before);
        after.putAll(changes);
        after.values().removeIf(position -> position == 0);
        return after;
    }

    private static StateEntries entries(Map<Integer, Long> map) {
        TreeMap<Integer, Long> sorted = new TreeMap<>(map);
        return new StateEntries(
                sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }
}
