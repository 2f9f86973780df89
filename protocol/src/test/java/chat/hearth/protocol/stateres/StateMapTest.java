package chat.hearth.protocol.stateres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateMapTest {
    private static final int MEMBERS = 20_000;

    /// Few keys, so that entries are replaced and removed often, and many, so that leaves split.
    private static final int[] KEY_SPACES = {40, 300, 5_000, Integer.MAX_VALUE};

    @Test
    void behavesLikeAnOrdinaryMapUnderRandomChanges() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int keys = KEY_SPACES[seed % KEY_SPACES.length];
            StateMap map = StateMap.EMPTY;
            var model = new HashMap<Integer, Long>();
            for (int step = 0; step < 600; step++) {
                int key = random.nextInt(keys) - keys / 2;
                if (random.nextInt(3) == 0) {
                    map = map.without(key);
                    model.remove(key);
                } else {
                    long event = 1L + random.nextInt(50);
                    map = map.with(key, event);
                    model.put(key, event);
                }
                assertEquals(model.getOrDefault(key, StateMap.NONE), map.eventAt(key));
                assertEquals(model.containsKey(key), map.has(key));
            }
            assertEquals(model, entries(map), "seed " + seed);
            assertEquals(model.size(), map.size(), "seed " + seed);
        }
    }

    @Test
    void equalEntriesAreEqualInShapeAndOrderHoweverTheyCameAbout() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var keys = new ArrayList<Integer>();
            for (int i = 0; i < 500; i++) {
                keys.add(random.nextInt(2_000));
            }
            StateMap one = StateMap.EMPTY;
            for (int key : keys) {
                one = one.with(key, key + 1L);
            }
            StateMap grownAndShrunk = one;
            for (int key = 10_000; key < 11_000; key++) {
                grownAndShrunk = grownAndShrunk.with(key, 1);
            }
            for (int key = 10_000; key < 11_000; key++) {
                grownAndShrunk = grownAndShrunk.without(key);
            }
            StateMap.Builder builder = StateMap.builder();
            for (int key : keys.reversed()) {
                builder.put(key, 99).put(key, key + 1L);
            }
            for (StateMap other : List.of(grownAndShrunk, builder.build())) {
                assertEquals(one, other, "seed " + seed);
                assertEquals(one.hashCode(), other.hashCode(), "seed " + seed);
                assertEquals(one.toString(), other.toString(), "seed " + seed);
                assertEquals(Map.of(), differences(one, other), "seed " + seed);
            }
        }
    }

    @Test
    void diffShowsEveryDifferenceOnceWhateverTheSizes() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            StateMap a = random(random, random.nextInt(300));
            StateMap b = seed % 2 == 0 ? random(random, random.nextInt(300)) : changed(a, random);
            var expected = new HashMap<Integer, List<Long>>();
            for (int key = 0; key < 400; key++) {
                if (a.eventAt(key) != b.eventAt(key)) {
                    expected.put(key, List.of(a.eventAt(key), b.eventAt(key)));
                }
            }
            assertEquals(expected, differences(a, b), "seed " + seed);
            assertEquals(expected.isEmpty(), a.equals(b), "seed " + seed);
        }
    }

    @Test
    void anOlderVersionNeverChanges() {
        StateMap before = random(new Random(1), 1_000);
        Map<Integer, Long> entries = entries(before);
        StateMap after = before;
        for (int key = 0; key < 400; key++) {
            after = after.with(key, 1_000_000).without(key + 1);
        }
        assertEquals(entries, entries(before));
        assertNotEquals(before, after);
    }

    @Test
    void whatChangesNothingReturnsTheSameMap() {
        StateMap map = random(new Random(2), 1_000);
        int key = map.stateKeys()[0];
        assertSame(map, map.with(key, map.eventAt(key)));
        assertSame(map, map.without(-1));
        assertTrue(map.without(key).size() < map.size());
        assertFalse(map.isEmpty());
    }

    @Test
    void theNumberForNoEventIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> StateMap.EMPTY.with(1, StateMap.NONE));
        assertThrows(
                IllegalArgumentException.class, () -> StateMap.builder().put(1, StateMap.NONE));
    }

    /// Versions of a large room share what they have in common: a change replaces a handful of
    /// nodes, and the leaves are well filled.
    @Test
    void aLargeRoomIsCompactAndItsVersionsShareStructure() {
        StateMap.Builder builder = StateMap.builder();
        for (int key = 0; key < MEMBERS; key++) {
            builder.put(key, key + 1L);
        }
        StateMap room = builder.build();
        assertTrue(bytes(room.root()) <= 17L * MEMBERS, bytes(room.root()) + " bytes");
        StateMap next = room.with(MEMBERS / 2, 1_000_000);
        var shared = new IdentityHashMap<StateNode, Boolean>();
        nodes(room.root()).forEach(node -> shared.put(node, true));
        long fresh = nodes(next.root()).stream().filter(node -> !shared.containsKey(node)).count();
        assertTrue(fresh <= 8, fresh + " nodes copied");
    }

    private static List<StateNode> nodes(StateNode node) {
        var all = new ArrayList<StateNode>(List.of(node));
        if (node instanceof StateNode.Branch branch) {
            for (StateNode child : branch.children()) {
                all.addAll(nodes(child));
            }
        }
        return all;
    }

    // Object and array headers as HotSpot lays them out with compressed references.
    private static long bytes(StateNode root) {
        long sum = 0;
        for (StateNode node : nodes(root)) {
            sum +=
                    switch (node) {
                        case StateNode.Branch branch -> 24 + 16 + 4 * branch.children().length;
                        case StateNode.Leaf leaf -> 24 + 16 + 16 + 12L * leaf.size() + 4;
                    };
        }
        return sum;
    }

    private static StateMap random(Random random, int size) {
        StateMap.Builder builder = StateMap.builder();
        for (int i = 0; i < size; i++) {
            builder.put(random.nextInt(400), 1L + random.nextInt(3));
        }
        return builder.build();
    }

    private static StateMap changed(StateMap map, Random random) {
        StateMap changed = map;
        for (int i = 0; i < 5; i++) {
            int key = random.nextInt(400);
            changed = random.nextBoolean() ? changed.with(key, 9) : changed.without(key);
        }
        return changed;
    }

    private static Map<Integer, Long> entries(StateMap map) {
        var entries = new HashMap<Integer, Long>();
        map.forEach((key, event) -> assertEquals(null, entries.put(key, event)));
        return entries;
    }

    private static Map<Integer, List<Long>> differences(StateMap a, StateMap b) {
        var found = new HashMap<Integer, List<Long>>();
        a.diff(b, (key, mine, theirs) -> assertEquals(null, found.put(key, List.of(mine, theirs))));
        return found;
    }
}
