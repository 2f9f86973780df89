package chat.hearth.rooms.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Who reads what into a cache at this moment, so that others wait for it instead of reading the
/// same. Safe for use by several threads.
///
/// A claim says nothing about the outcome: who has waited looks into the cache again, and reads
/// what is still missing. A thread that claims something reads it before waiting for anything else,
/// so that nobody waits for one another. Nobody may wait who holds a connection to the database.
///
/// @param <K> what is read
public final class Claims<K> {
    /// Nobody waits longer for the reads of others; then they read for themselves.
    private static final int WAIT_SECONDS_MAX = 10;

    private final ConcurrentHashMap<K, CountDownLatch> claimed = new ConcurrentHashMap<>();

    /// Claims those of `keys` that nobody has claimed.
    ///
    /// @return what the caller has claimed and has to [#release], whatever happens
    public List<K> claim(Collection<K> keys) {
        var latch = new CountDownLatch(1);
        var mine = new ArrayList<K>(keys.size());
        for (K key : keys) {
            if (claimed.putIfAbsent(key, latch) == null) {
                mine.add(key);
            }
        }
        return mine;
    }

    /// Lets those go on who wait for what the caller had claimed.
    public void release(Collection<K> mine) {
        for (K key : mine) {
            CountDownLatch latch = claimed.remove(key);
            if (latch != null) {
                latch.countDown();
            }
        }
    }

    /// Waits until nobody reads any of `keys`, or the thread is interrupted, which is kept.
    public void await(Collection<K> keys) {
        for (K key : keys) {
            CountDownLatch latch = claimed.get(key);
            try {
                if (latch != null && !latch.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
