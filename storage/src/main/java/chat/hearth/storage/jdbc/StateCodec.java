package chat.hearth.storage.jdbc;

import chat.hearth.storage.StateEntries;
import java.util.Arrays;

/// State entries as bytes, and how sets of changes add up. Places ascend, so each is written as the
/// step from the one before; so are positions, since neighbouring places were often filled one
/// after the other.
final class StateCodec {
    private StateCodec() {}

    static byte[] encode(StateEntries entries) {
        var out = new Varints();
        int key = 0;
        long position = 0;
        for (int i = 0; i < entries.size(); i++) {
            out.unsigned(entries.keys()[i] - key);
            key = entries.keys()[i];
            out.signed(entries.positions()[i] - position);
            position = entries.positions()[i];
        }
        return out.toBytes();
    }

    static StateEntries decode(byte[] bytes) {
        var in = new Varints.Reader(bytes);
        int[] keys = new int[Math.max(bytes.length / 2, 1)];
        long[] positions = new long[keys.length];
        int size = 0;
        int key = 0;
        long position = 0;
        while (in.hasMore()) {
            key += Math.toIntExact(in.unsigned());
            position += in.signed();
            keys[size] = key;
            positions[size] = position;
            size++;
        }
        return new StateEntries(Arrays.copyOf(keys, size), Arrays.copyOf(positions, size));
    }

    /// `earlier` with `later` laid over it.
    ///
    /// @param keepEmptied whether places that `later` empties stay in as changes
    static StateEntries merge(StateEntries earlier, StateEntries later, boolean keepEmptied) {
        var out = new Builder(earlier.size() + later.size(), keepEmptied);
        int i = 0;
        int j = 0;
        while (i < earlier.size() || j < later.size()) {
            int left = i < earlier.size() ? earlier.keys()[i] : Integer.MAX_VALUE;
            int right = j < later.size() ? later.keys()[j] : Integer.MAX_VALUE;
            if (left < right) {
                out.add(left, earlier.positions()[i]);
            } else {
                out.add(right, later.positions()[j]);
            }
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }
        return out.build();
    }

    private static final class Builder {
        private final int[] keys;
        private final long[] positions;
        private final boolean keepEmptied;
        private int size;

        Builder(int capacity, boolean keepEmptied) {
            this.keys = new int[capacity];
            this.positions = new long[capacity];
            this.keepEmptied = keepEmptied;
        }

        void add(int key, long position) {
            if (position != 0 || keepEmptied) {
                keys[size] = key;
                positions[size] = position;
                size++;
            }
        }

        StateEntries build() {
            return new StateEntries(Arrays.copyOf(keys, size), Arrays.copyOf(positions, size));
        }
    }
}
