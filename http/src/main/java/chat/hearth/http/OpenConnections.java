package chat.hearth.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The open connections of a listener: so many at all, so many of one address. At either bound the
/// one that has rested longest makes room; connections that are being served never do.
///
/// Safe for use by any number of threads.
final class OpenConnections {
    /// How long a connection that was asked to end is waited for, and how often one is looked for.
    private static final long ENDING_MILLIS = 100;

    /// So long a connection may rest in any case. One that has just come would be the longest to
    /// rest where all others are being served, and would end before its request is read.
    static final Duration REST_MIN = Duration.ofSeconds(1);

    private final int connectionsMax;
    private final int addressMax;
    private final Predicate<ClientAddress> sharedByMany;
    private final Set<Connection> open = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /// @param sharedByMany tells the addresses behind which many clients stand, which have no bound
    ///   of their own
    OpenConnections(int connectionsMax, int addressMax, Predicate<ClientAddress> sharedByMany) {
        this.connectionsMax = connectionsMax;
        this.addressMax = addressMax;
        this.sharedByMany = sharedByMany;
    }

    /// Waits until there is a place for one more connection. Only one thread may ask.
    void awaitPlace() throws InterruptedException {
        Connection asked = null;
        while (true) {
            synchronized (this) {
                if (open.size() < connectionsMax) {
                    return;
                }
                // One that was asked to end is waited for before the next one is.
                if (asked == null || !open.contains(asked)) {
                    asked = longestIdle(null, REST_MIN.toNanos());
                }
            }
            if (asked != null && !asked.endIfIdle() && !asked.hasEnded()) {
                asked = null;
            }
            synchronized (this) {
                if (open.size() >= connectionsMax) {
                    wait(ENDING_MILLIS);
                }
            }
        }
    }

    /// Takes `connection` among the open ones.
    ///
    /// @return whether it is taken; false when its address has as many as it may, none of which
    ///   rests
    boolean add(Connection connection) {
        String network = connection.peer().network();
        Connection rested = null;
        synchronized (this) {
            if (count(network) >= addressMax && !sharedByMany.test(connection.peer())) {
                rested = longestIdle(network, 0);
                if (rested == null) {
                    return false;
                }
            }
            open.add(connection);
            counts.merge(network, 1, Integer::sum);
        }
        return rested == null || rested.endIfIdle() || undo(connection);
    }

    private boolean undo(Connection connection) {
        remove(connection);
        return false;
    }

    private int count(String network) {
        return counts.getOrDefault(network, 0);
    }

    private @Nullable Connection longestIdle(@Nullable String network, long leastNanos) {
        long now = System.nanoTime();
        long longest = leastNanos - 1;
        Connection found = null;
        for (Connection each : open) {
            long nanos = each.idleNanos(now);
            if (nanos > longest && (network == null || network.equals(each.peer().network()))) {
                longest = nanos;
                found = each;
            }
        }
        return found;
    }

    /// Forgets a connection that has ended.
    synchronized void remove(Connection connection) {
        if (open.remove(connection)) {
            counts.computeIfPresent(
                    connection.peer().network(), (_, count) -> count == 1 ? null : count - 1);
            notifyAll();
        }
    }

    /// How many of the open connections rest.
    synchronized int resting() {
        long now = System.nanoTime();
        return (int) open.stream().filter(each -> each.idleNanos(now) >= 0).count();
    }

    /// The connections that are open now.
    synchronized List<Connection> all() {
        return List.copyOf(open);
    }
}
