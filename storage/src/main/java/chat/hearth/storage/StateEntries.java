package chat.hearth.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A map from places in room state to the positions of state events, sorted by place. Immutable:
/// nobody may change the arrays.
///
/// @param keys numbers of places in room state, ascending, each once
/// @param positions positions of the state events at those places; in a set of changes, 0 stands
///   for a place that becomes empty
@SuppressWarnings("ArrayRecordComponent") // tens of thousands of pairs, compared by value below
public record StateEntries(int[] keys, long[] positions) {
    /// No entries.
    public static final StateEntries EMPTY = new StateEntries(new int[0], new long[0]);

    /// Refuses arrays that do not make a sorted map.
    public StateEntries {
        if (keys.length != positions.length) {
            throw new IllegalArgumentException("As many keys as positions are needed");
        }
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1] >= keys[i]) {
                throw new IllegalArgumentException("Keys must ascend");
            }
        }
    }

    /// One entry.
    public static StateEntries of(int key, long position) {
        return new StateEntries(new int[] {key}, new long[] {position});
    }

    /// How many entries there are.
    public int size() {
        return keys.length;
    }

    /// The position at a place, 0 when there is none.
    public long position(int key) {
        int index = Arrays.binarySearch(keys, key);
        return index < 0 ? 0 : positions[index];
    }

    /// Whether the place is among the entries.
    public boolean has(int key) {
        return Arrays.binarySearch(keys, key) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateEntries entries
                && Arrays.equals(keys, entries.keys)
                && Arrays.equals(positions, entries.positions);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return "StateEntries[" + keys.length + "]";
    }
}
