package chat.hearth.rooms.history;

import chat.hearth.protocol.event.EventLimits;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.StoredEvent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Reads many events piece by piece, where an answer cannot be given in pages: no more than a
/// page's worth of them is in memory at a time. Safe for use by several threads.
public final class EventPieces {
    /// So few events are one piece, however large they are.
    private static final int UNWEIGHED_MAX = PageBudget.BYTES_MAX / EventLimits.EVENT_BYTES_MAX;

    /// So many events are weighed at once.
    private static final int WEIGHED_MAX = 1_000;

    private final Outlines outlines;
    private final EventCache events;

    /// Reads through `events`.
    public EventPieces(Outlines outlines, EventCache events) {
        this.outlines = outlines;
        this.events = events;
    }

    /// Hands over the events at those of `positions` that hold one, in the order asked.
    public void read(long[] positions, Consumer<List<StoredEvent>> piece) {
        if (positions.length <= UNWEIGHED_MAX) {
            piece.accept(events.all(positions));
            return;
        }
        for (int from = 0; from < positions.length; from += WEIGHED_MAX) {
            int to = Math.min(positions.length, from + WEIGHED_MAX);
            read(outlines.state(Arrays.copyOfRange(positions, from, to)), piece);
        }
    }

    /// Hands over the events of outlines, in their order.
    public void read(List<EventOutline> wanted, Consumer<List<StoredEvent>> piece) {
        for (int from = 0; from < wanted.size(); ) {
            int to = end(wanted, from);
            piece.accept(
                    events.all(
                            wanted.subList(from, to).stream()
                                    .mapToLong(EventOutline::position)
                                    .toArray()));
            from = to;
        }
    }

    private static int end(List<EventOutline> wanted, int from) {
        var budget = new PageBudget(wanted.size());
        int to = from;
        while (to < wanted.size() && budget.take(wanted.get(to).bytes())) {
            to++;
        }
        return to;
    }
}
