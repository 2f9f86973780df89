package chat.hearth.rooms.history;

import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.OutlineStore;
import chat.hearth.storage.StoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Events without their texts, of those in memory and of others alike. Safe for use by several
/// threads.
public final class Outlines {
    private static final int UNKNOWN = -1;

    private final OutlineStore store;
    private final EventCache events;
    private final AtHand.Shelf<Long, EventOutline> atHand;

    /// The outlines of the events in `store`, as far as `events` does not have them.
    public Outlines(OutlineStore store, EventCache events, AtHand atHand) {
        this.store = store;
        this.events = events;
        this.atHand = atHand.shelf();
    }

    /// The outlines of the events at those of `positions` that hold one, in the order asked, as
    /// parts of a timeline: they are shown with what they replaced.
    public List<EventOutline> events(long[] positions) {
        return inOrder(positions, find(positions, /* replaced= */ true));
    }

    /// The outlines of the events at those of `positions` that hold one, in the order asked, as
    /// parts of a state.
    public List<EventOutline> state(long[] positions) {
        return inOrder(positions, find(positions, /* replaced= */ false));
    }

    /// Reads outlines for [#events], which the running work, if any, will ask for room by room.
    public void readAheadEvents(LongStream positions) {
        find(positions.distinct().toArray(), /* replaced= */ true).forEach(atHand::put);
    }

    /// Reads outlines for [#state], which the running work, if any, will ask for room by room.
    public void readAheadState(LongStream positions) {
        find(positions.distinct().toArray(), /* replaced= */ false).forEach(atHand::put);
    }

    private static List<EventOutline> inOrder(long[] positions, Map<Long, EventOutline> found) {
        var inOrder = new ArrayList<EventOutline>(positions.length);
        for (long position : positions) {
            EventOutline outline = found.get(position);
            if (outline != null) {
                inOrder.add(outline);
            }
        }
        return inOrder;
    }

    private Map<Long, EventOutline> find(long[] positions, boolean replaced) {
        Map<Long, EventOutline> kept = atHand.all();
        Map<Long, EventOutline> found = HashMap.newHashMap(positions.length);
        long[] unknown = new long[positions.length];
        int count = 0;
        for (long position : positions) {
            EventOutline outline = kept.get(position);
            if (outline == null) {
                outline = outline(events.ifKnown(position).orElse(null), replaced);
            }
            if (outline == null) {
                unknown[count++] = position;
            } else {
                found.put(position, outline);
            }
        }
        for (int from = 0; from < count; from += EventStore.BATCH_MAX) {
            int to = Math.min(count, from + EventStore.BATCH_MAX);
            store.at(Arrays.copyOfRange(unknown, from, to))
                    .forEach(outline -> found.put(outline.position(), outline));
        }
        return found;
    }

    /// The outline of an event in memory, when all that is shown with it is there as well, else
    /// null.
    private @Nullable EventOutline outline(@Nullable StoredEvent event, boolean replaced) {
        if (event == null) {
            return null;
        }
        int redaction = length(event.redactedBy());
        int before = length(replaced ? event.replaces() : 0);
        return redaction == UNKNOWN || before == UNKNOWN
                ? null
                : EventOutline.of(event, redaction + before);
    }

    private int length(long shown) {
        if (shown == 0) {
            return 0;
        }
        StoredEvent event = events.ifKnown(shown).orElse(null);
        return event == null ? UNKNOWN : event.clientJson().length;
    }
}
