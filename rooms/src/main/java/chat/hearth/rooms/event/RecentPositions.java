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

    /// Knows of everything that comes after `position`.
    RecentPositions(long position) {
        completeAfter = position;
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

    /// The positions of the latest `limit` events up to `upTo`, ascending, or null when so many are
    /// not remembered.
    synchronized long @Nullable [] latest(int limit, long upTo) {
        long[] found = new long[limit];
        int missing = limit;
        for (int i = count - 1; i >= 0 && missing > 0; i--) {
            long position = ring[Math.floorMod(next - count + i, SIZE)];
            if (position <= upTo) {
                found[--missing] = position;
            }
        }
        return missing == 0 ? found : null;
    }
}
