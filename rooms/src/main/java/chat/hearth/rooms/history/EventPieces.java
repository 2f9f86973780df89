package chat.hearth.rooms.history;

import chat.hearth.protocol.event.EventLimits;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.OutlineStore;
import chat.hearth.storage.StoredEvent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Reads many events piece by piece, where an answer cannot be given in pages: no more than a
/// page's worth of them is in memory at a time. Safe for use by several threads.
public final class EventPieces {
    /// So few events are one piece, however large they are.
    private static final int UNWEIGHED_MAX = PageBudget.BYTES_MAX / EventLimits.EVENT_BYTES_MAX;

    /// A piece has so many events at most.
    private static final int PIECE_MAX = 1_000;

    private final OutlineStore outlines;
    private final EventCache events;

    /// Reads through `events`.
    public EventPieces(OutlineStore outlines, EventCache events) {
        this.outlines = outlines;
        this.events = events;
    }

    /// Hands over the events at those of `positions` that hold one, in the order asked.
    public void read(long[] positions, Consumer<List<StoredEvent>> piece) {
        for (int from = 0; from < positions.length; ) {
            int most = Math.min(positions.length, from + PIECE_MAX);
            int to = from + fitting(Arrays.copyOfRange(positions, from, most));
            piece.accept(events.all(Arrays.copyOfRange(positions, from, to)));
            from = to;
        }
    }

    private int fitting(long[] positions) {
        if (positions.length <= UNWEIGHED_MAX) {
            return positions.length;
        }
        Map<Long, Integer> bytes = events.bytes(positions);
        long[] unknown =
                LongStream.of(positions).filter(each -> !bytes.containsKey(each)).toArray();
        bytes.putAll(outlines.bytes(unknown));
        var budget = new PageBudget(PIECE_MAX);
        int count = 0;
        while (count < positions.length && budget.take(bytes.getOrDefault(positions[count], 0))) {
            count++;
        }
        return count;
    }
}
