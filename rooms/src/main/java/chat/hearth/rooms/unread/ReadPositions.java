package chat.hearth.rooms.unread;

import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far a user has read a room: everywhere, and further in single threads. Whichever of the
/// public and the private receipt is ahead counts.
///
/// See [Marking notifications as
/// read](https://spec.matrix.org/v1.19/client-server-api/#marking-notifications-as-read).
final class ReadPositions {
    private static final String PUBLIC = "m.read";
    private static final String PRIVATE = "m.read.private";
    private static final String UNTHREADED = "";
    private static final String MAIN = "main";

    private final EventCache events;
    private final Map<String, Long> byReceipt = new HashMap<>();
    private final Map<Long, Long> byRoot = new HashMap<>();

    /// @param receipts all receipts of the user in the room
    ReadPositions(EventCache events, List<Receipt> receipts) {
        this.events = events;
        for (Receipt receipt : receipts) {
            if (receipt.type().equals(PUBLIC) || receipt.type().equals(PRIVATE)) {
                byReceipt.merge(receipt.thread(), receipt.event(), Math::max);
            }
        }
    }

    /// Up to where everything is read.
    long everywhere() {
        return byReceipt.getOrDefault(UNTHREADED, 0L);
    }

    /// Up to where a thread is read.
    ///
    /// @param root position of the thread's root, [UnreadCounter#MAIN] for events in no thread
    long in(long root) {
        return byRoot.computeIfAbsent(root, _ -> Math.max(everywhere(), byThread(root)));
    }

    private long byThread(long root) {
        if (root == UnreadCounter.MAIN) {
            return byReceipt.getOrDefault(MAIN, 0L);
        }
        return knowsThreads()
                ? events.find(root).map(event -> byReceipt.get(event.eventId().value())).orElse(0L)
                : 0;
    }

    /// Whether any thread but the main timeline has a receipt of its own.
    private boolean knowsThreads() {
        return byReceipt.keySet().stream().anyMatch(t -> !t.equals(UNTHREADED) && !t.equals(MAIN));
    }
}
