package chat.hearth.protocol.stateres;

import java.util.Arrays;

/// A part of a [StateMap]: the entries whose hashes begin with the same bits, in the order of their
/// hashes. Up to [#LEAF_SIZE] entries are a leaf, more are always a branch, so that the shape of a
/// map depends on its entries alone.
///
/// A hash is the key times an odd number: dense keys spread evenly, no two keys collide, and the
/// key can be computed back. Hashes are compared as signed numbers; the two bits that choose among
/// the children of the topmost branch are read with the sign flipped, which keeps that order.
@SuppressWarnings("ReferenceEquality") // an unchanged node hands back itself
sealed interface StateNode {
    /// Entries in a leaf at most: copying one for a change stays below a kilobyte.
    int LEAF_SIZE = 64;

    /// The `shift` of the root: a node is told how many bits of the hash lie right of its own two.
    int TOP = 30;

    /// 2^32 divided by the golden ratio, which spreads neighbouring keys farthest.
    int MULTIPLIER = 0x9e3779b1;

    /// The number that undoes multiplication by [#MULTIPLIER] modulo 2^32.
    int INVERSE = 0x0e8b2f51;

    /// The hash of a state key.
    static int hash(int stateKey) {
        return stateKey * MULTIPLIER;
    }

    /// The state key of a hash.
    static int stateKey(int hash) {
        return hash * INVERSE;
    }

    /// The number of entries.
    int size();

    /// The event at a hash, or [StateMap#NONE].
    long find(int hash, int shift);

    /// This node with an entry set; the same node when it was there.
    StateNode with(int hash, long event, int shift);

    /// This node without an entry; the same node when it was not there.
    StateNode without(int hash, int shift);

    /// Shows every entry in the order of hashes.
    void forEach(StateMap.EntryVisitor visitor);

    /// Whether `other`, a node of the same place, has the same entries.
    boolean sameEntries(StateNode other);

    /// The root of a map with the first `size` of these entries; the last of those with equal keys
    /// counts.
    static StateNode of(int[] stateKeys, long[] events, int size) {
        var order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (long) hash(stateKeys[i]) << Integer.SIZE | i;
        }
        Arrays.sort(order);
        var hashes = new int[size];
        var sorted = new long[size];
        int count = 0;
        for (long entry : order) {
            int hash = (int) (entry >> Integer.SIZE);
            int at = count > 0 && hashes[count - 1] == hash ? count - 1 : count++;
            hashes[at] = hash;
            sorted[at] = events[(int) entry];
        }
        return ofSorted(hashes, sorted, 0, count, TOP);
    }

    /// The node for the entries from `from` to `to`, which are in order and belong to one place.
    static StateNode ofSorted(int[] hashes, long[] events, int from, int to, int shift) {
        if (to - from <= LEAF_SIZE) {
            return new Leaf(
                    Arrays.copyOfRange(hashes, from, to), Arrays.copyOfRange(events, from, to));
        }
        var children = new StateNode[Branch.WIDTH];
        int start = from;
        for (int child = 0; child < Branch.WIDTH; child++) {
            int end = start;
            while (end < to && Branch.index(hashes[end], shift) == child) {
                end++;
            }
            children[child] = ofSorted(hashes, events, start, end, shift - Branch.BITS);
            start = end;
        }
        return new Branch(children, to - from);
    }

    /// A few entries.
    ///
    /// @param hashes in ascending order
    /// @param events as many
    @SuppressWarnings("ArrayRecordComponent") // never leaves the map, is never compared as a record
    record Leaf(int[] hashes, long[] events) implements StateNode {
        static final Leaf EMPTY = new Leaf(new int[0], new long[0]);

        @Override
        public int size() {
            return hashes.length;
        }

        @Override
        public long find(int hash, int shift) {
            int at = Arrays.binarySearch(hashes, hash);
            return at < 0 ? StateMap.NONE : events[at];
        }

        @Override
        public StateNode with(int hash, long event, int shift) {
            int at = Arrays.binarySearch(hashes, hash);
            if (at >= 0) {
                return events[at] == event ? this : replaced(at, event);
            }
            int gap = -at - 1;
            int grown = hashes.length + 1;
            var newHashes = Arrays.copyOf(hashes, grown);
            var newEvents = Arrays.copyOf(events, grown);
            System.arraycopy(hashes, gap, newHashes, gap + 1, hashes.length - gap);
            System.arraycopy(events, gap, newEvents, gap + 1, hashes.length - gap);
            newHashes[gap] = hash;
            newEvents[gap] = event;
            return grown <= LEAF_SIZE
                    ? new Leaf(newHashes, newEvents)
                    : ofSorted(newHashes, newEvents, 0, grown, shift);
        }

        private Leaf replaced(int at, long event) {
            long[] changed = events.clone();
            changed[at] = event;
            return new Leaf(hashes, changed);
        }

        @Override
        public StateNode without(int hash, int shift) {
            int at = Arrays.binarySearch(hashes, hash);
            if (at < 0) {
                return this;
            }
            int shrunk = hashes.length - 1;
            var newHashes = Arrays.copyOf(hashes, shrunk);
            var newEvents = Arrays.copyOf(events, shrunk);
            System.arraycopy(hashes, at + 1, newHashes, at, shrunk - at);
            System.arraycopy(events, at + 1, newEvents, at, shrunk - at);
            return new Leaf(newHashes, newEvents);
        }

        @Override
        public void forEach(StateMap.EntryVisitor visitor) {
            for (int i = 0; i < hashes.length; i++) {
                visitor.entry(stateKey(hashes[i]), events[i]);
            }
        }

        @Override
        public boolean sameEntries(StateNode other) {
            return this == other
                    || (other instanceof Leaf leaf
                            && Arrays.equals(hashes, leaf.hashes)
                            && Arrays.equals(events, leaf.events));
        }
    }

    /// More entries than a leaf holds.
    ///
    /// @param children always [#WIDTH] of them, in the order of the hashes' next two bits
    @SuppressWarnings("ArrayRecordComponent") // never leaves the map, is never compared as a record
    record Branch(StateNode[] children, int size) implements StateNode {
        static final int BITS = 2;
        static final int WIDTH = 1 << BITS;

        static int index(int hash, int shift) {
            return (hash ^ Integer.MIN_VALUE) >>> shift & (WIDTH - 1);
        }

        @Override
        public long find(int hash, int shift) {
            return children[index(hash, shift)].find(hash, shift - BITS);
        }

        @Override
        public StateNode with(int hash, long event, int shift) {
            int index = index(hash, shift);
            StateNode child = children[index];
            StateNode changed = child.with(hash, event, shift - BITS);
            return changed == child ? this : replaced(index, changed);
        }

        @Override
        public StateNode without(int hash, int shift) {
            int index = index(hash, shift);
            StateNode child = children[index];
            StateNode changed = child.without(hash, shift - BITS);
            if (changed == child) {
                return this;
            }
            Branch shrunk = replaced(index, changed);
            return shrunk.size > LEAF_SIZE ? shrunk : shrunk.flattened();
        }

        private Branch replaced(int index, StateNode changed) {
            StateNode[] copy = children.clone();
            copy[index] = changed;
            return new Branch(copy, size - children[index].size() + changed.size());
        }

        Leaf flattened() {
            var hashes = new int[size];
            var events = new long[size];
            var next = new int[1];
            forEach(
                    (stateKey, event) -> {
                        hashes[next[0]] = hash(stateKey);
                        events[next[0]++] = event;
                    });
            return new Leaf(hashes, events);
        }

        @Override
        public void forEach(StateMap.EntryVisitor visitor) {
            for (StateNode child : children) {
                child.forEach(visitor);
            }
        }

        @Override
        public boolean sameEntries(StateNode other) {
            if (this == other) {
                return true;
            }
            if (!(other instanceof Branch branch) || size != branch.size) {
                return false;
            }
            for (int i = 0; i < WIDTH; i++) {
                if (!children[i].sameEntries(branch.children[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
