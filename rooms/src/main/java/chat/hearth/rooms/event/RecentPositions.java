package chat.hearth.rooms.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The positions of a room's latest events, so that readers who are nearly up to date need not ask
/// the store. Safe for use by several threads.
final class RecentPositions {
    /// So many positions are remembered.
    static final int SIZE = 64;

    private final long[] ring = new long[SIZE];
    private int count;
    private int next;
    private long completeAfter;

    /// Knows of these and of everything that comes after them.
    ///
    /// @param latest the positions of the room's latest events, ascending, at most [#SIZE]
    /// @param all whether the room has no other events
    RecentPositions(long[] latest, boolean all) {
        for (long position : latest) {
            add(position);
        }
        completeAfter = all ? 0 : latest[0] - 1;
    }

    /// Remembers the next event; positions ascend.
    synchronized void add(long position) {
        if (count == SIZE) {
            completeAfter = ring[next];
        } else {
            count++;
        }
        ring[next] = position;
        next = (next + 1) % SIZE;
    }

    /// The positions after `after` up to `upTo`, ascending, or null when some may be forgotten.
    synchronized long @Nullable [] between(long after, long upTo) {
        if (after < completeAfter) {
            return null;
        }
        long[] found = new long[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            long position = ring[Math.floorMod(next - count + i, SIZE)];
            if (position > after && position <= upTo) {
                found[size++] = position;
            }
        }
        return Arrays.copyOf(found, size);
    }

    /// The positions of the latest `limit` events up to `upTo`, or all if there are fewer,
    /// ascending; null when they are not remembered.
    synchronized long @Nullable [] latest(int limit, long upTo) {
        long[] found = new long[limit];
        int missing = limit;
        for (int i = count - 1; i >= 0 && missing > 0; i--) {
            long position = ring[Math.floorMod(next - count + i, SIZE)];
            if (position <= upTo) {
                found[--missing] = position;
            }
        }
        if (missing > 0 && completeAfter > 0) {
            return null;
        }
        return missing == 0 ? found : Arrays.copyOfRange(found, missing, limit);
    }
}
