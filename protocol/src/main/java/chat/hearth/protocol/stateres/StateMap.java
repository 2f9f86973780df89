package chat.hearth.protocol.stateres;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The state of a room: for each state key, by its dense id, the number of the event that holds it.
///
/// Immutable and safe to share between threads. A changed version shares all but about a kilobyte
/// with the one that it came from, and comparing two versions costs in proportion to what they do
/// not share. An entry takes 13 to 17 bytes. Maps with equal entries have the same shape however
/// they came about, so that order of iteration, too, depends on the entries alone.
public final class StateMap {
    /// What [#eventAt(int)] answers for a key without an event; no event has this number.
    public static final long NONE = 0;

    /// The state of a room in which nothing has happened.
    public static final StateMap EMPTY = new StateMap(StateNode.Leaf.EMPTY);

    private final StateNode root;

    private StateMap(StateNode root) {
        this.root = root;
    }

    /// Collects entries for a map; faster than adding them one by one.
    public static Builder builder() {
        return new Builder();
    }

    /// The whole tree, for code that compares or measures maps.
    StateNode root() {
        return root;
    }

    /// The event at a key, or [#NONE].
    public long eventAt(int stateKey) {
        return root.find(StateNode.hash(stateKey), StateNode.TOP);
    }

    /// Whether there is an event at a key.
    public boolean has(int stateKey) {
        return eventAt(stateKey) != NONE;
    }

    /// The number of entries.
    public int size() {
        return root.size();
    }

    /// Whether there is no entry.
    public boolean isEmpty() {
        return size() == 0;
    }

    /// This state with `event` at a key.
    ///
    /// @param event the event's number, not [#NONE]
    public StateMap with(int stateKey, long event) {
        requireEvent(event);
        return version(root.with(StateNode.hash(stateKey), event, StateNode.TOP));
    }

    /// This state with nothing at a key.
    public StateMap without(int stateKey) {
        return version(root.without(StateNode.hash(stateKey), StateNode.TOP));
    }

    // A tree that changed nothing hands back itself: identity is the question here.
    @SuppressWarnings("ReferenceEquality")
    private StateMap version(StateNode tree) {
        return tree == root ? this : new StateMap(tree);
    }

    /// Shows every entry to `visitor`, in an order that depends on the entries alone.
    public void forEach(EntryVisitor visitor) {
        root.forEach(visitor);
    }

    /// Shows to `visitor` every key at which this map and `other` differ. What they share is
    /// skipped unseen.
    public void diff(StateMap other, DifferenceVisitor visitor) {
        StateDifference.show(root, other.root, visitor);
    }

    /// The keys in the order of [#forEach(EntryVisitor)].
    public int[] stateKeys() {
        int[] keys = new int[size()];
        var next = new int[1];
        forEach((stateKey, event) -> keys[next[0]++] = stateKey);
        return keys;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StateMap map && root.sameEntries(map.root);
    }

    @Override
    public int hashCode() {
        var sum = new int[1];
        forEach((stateKey, event) -> sum[0] += 31 * stateKey + Long.hashCode(event));
        return sum[0];
    }

    /// The entries as `{key=event, …}`, for messages of tests and logs.
    @Override
    public String toString() {
        var text = new StringBuilder("{");
        forEach(
                (stateKey, event) ->
                        text.append(text.length() == 1 ? "" : ", ")
                                .append(stateKey)
                                .append('=')
                                .append(event));
        return text.append('}').toString();
    }

    private static void requireEvent(long event) {
        if (event == NONE) {
            throw new IllegalArgumentException("No event has the number " + NONE);
        }
    }

    /// Sees the entries of a map.
    @FunctionalInterface
    public interface EntryVisitor {
        /// Called once for each entry.
        void entry(int stateKey, long event);
    }

    /// Sees where two maps differ.
    @FunctionalInterface
    public interface DifferenceVisitor {
        /// Called once for each key at which the maps differ; [StateMap#NONE] stands for no event.
        ///
        /// @param mine the event in the map that was asked
        /// @param theirs the event in the other
        void difference(int stateKey, long mine, long theirs);
    }

    /// Collects entries; not safe for use by several threads.
    public static final class Builder {
        private static final int INITIAL_CAPACITY = 16;

        private int[] stateKeys = new int[INITIAL_CAPACITY];
        private long[] events = new long[INITIAL_CAPACITY];
        private int size;

        private Builder() {}

        /// Puts `event` at a key, in place of what was put there before.
        ///
        /// @param event the event's number, not [StateMap#NONE]
        public Builder put(int stateKey, long event) {
            requireEvent(event);
            if (size == stateKeys.length) {
                stateKeys = Arrays.copyOf(stateKeys, 2 * size);
                events = Arrays.copyOf(events, 2 * size);
            }
            stateKeys[size] = stateKey;
            events[size++] = event;
            return this;
        }

        /// The map. The builder may be used on without changing it.
        public StateMap build() {
            return new StateMap(StateNode.of(stateKeys, events, size));
        }
    }
}
