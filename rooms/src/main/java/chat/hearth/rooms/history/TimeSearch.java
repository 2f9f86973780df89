package chat.hearth.rooms.history;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.List;
import java.util.Optional;

/// Finds events by the time at which they say they were sent. In a timeline that grew event by
/// event times ascend, save for clocks that were set back, so a few looks suffice; where they do
/// not, the answer is an event near the moment, which is all that is promised. Safe for use by
/// several threads.
public final class TimeSearch {
    private final Stores stores;
    private final RoomHistory history;

    /// Searches the timelines in `stores`.
    public TimeSearch(Stores stores, RoomHistory history) {
        this.stores = stores;
        this.history = history;
    }

    /// The first event at or after a moment, or the last one at or before it, that the user may
    /// see.
    ///
    /// @param ts the moment, milliseconds since the epoch
    /// @param scan how long an event is looked for that the user may see
    public Optional<StoredEvent> nearest(
            RoomReading reading, long ts, Direction direction, Scan scan) {
        boolean on = direction == Direction.FORWARD;
        long border = lastBefore(reading, on ? ts : ts + 1);
        var walk =
                new RoomHistory.Walk(
                        on ? border : Long.MIN_VALUE,
                        on ? Long.MAX_VALUE : border,
                        direction,
                        new PageBudget(1),
                        RoomHistory.Wanted.ALL,
                        scan);
        return history.walk(reading, walk).events().stream().findFirst();
    }

    /// The position of the last event before a moment, 0 when there is none.
    private long lastBefore(RoomReading reading, long ts) {
        int room = reading.room().number();
        long low = 0;
        long high =
                stores.events()
                        .lastPoint(room, reading.upTo())
                        .map(point -> point.position())
                        .orElse(0L);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            List<StoredEvent> at =
                    stores.events()
                            .timeline(new TimelineQuery(room, low, middle, Direction.BACKWARD, 1));
            if (at.isEmpty()) {
                // Nothing of the room in the lower half: the border is behind it or before it.
                List<StoredEvent> next =
                        stores.events()
                                .timeline(
                                        new TimelineQuery(
                                                room, middle, high, Direction.FORWARD, 1));
                if (next.isEmpty() || time(next.getFirst()) >= ts) {
                    return low;
                }
                low = next.getFirst().position();
            } else if (time(at.getFirst()) < ts) {
                low = middle;
            } else {
                high = at.getFirst().position() - 1;
            }
        }
        return low;
    }

    private static long time(StoredEvent event) {
        return ClientEvent.originServerTs(event.clientJson());
    }
}
