package chat.hearth.testkit.dag;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.EventGraph;
import chat.hearth.protocol.stateres.StateMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A room's events in memory, numbered from 1 in the order in which they were added; the first must
/// be the create event. Not safe for use by several threads while events are added.
public final class RoomDag implements EventGraph {
    private final RoomVersion version;
    private final List<Event> events = new ArrayList<>();
    private final List<long[]> authEvents = new ArrayList<>();
    private final List<Integer> stateKeys = new ArrayList<>();
    private final Map<EventId, Long> numbers = new HashMap<>();
    private final Map<StateKey, Integer> keys = new HashMap<>();
    private final Set<Long> rejected = new HashSet<>();

    /// A room without events.
    public RoomDag(RoomVersion version) {
        this.version = version;
    }

    /// The room's version.
    public RoomVersion version() {
        return version;
    }

    /// How many events there are; also the number of the newest.
    public int size() {
        return events.size();
    }

    /// Starts a state event. See [EventDraft] for what it is made of unless told otherwise.
    public EventDraft draft(String sender, String type, String stateKey) {
        return new EventDraft(this, sender, type, stateKey);
    }

    /// Adds an event, whose auth events must have been added before, and gives it a number.
    public long add(Event event) {
        authEvents.add(event.authEvents().stream().mapToLong(this::number).toArray());
        stateKeys.add(
                event.stateKey()
                        .map(key -> new StateKey(event.type(), key))
                        .map(key -> keys.computeIfAbsent(key, unseen -> keys.size()))
                        .orElse(UNKNOWN_KEY));
        events.add(event);
        numbers.put(event.eventId(), (long) events.size());
        return events.size();
    }

    /// Marks an event as rejected.
    public void reject(long number) {
        rejected.add(number);
    }

    /// The number of an event that was added.
    public long number(EventId id) {
        Long number = numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("No event " + id + " in this room");
        }
        return number;
    }

    /// The state `before` with these state events, in their order.
    public StateMap after(StateMap before, long... added) {
        StateMap state = before;
        for (long number : added) {
            state = state.with(stateKey(number), number);
        }
        return state;
    }

    @Override
    public Event event(long number) {
        return events.get((int) number - 1);
    }

    @Override
    public long[] authEvents(long number) {
        return authEvents.get((int) number - 1);
    }

    @Override
    public boolean isRejected(long number) {
        return rejected.contains(number);
    }

    @Override
    public int stateKey(long number) {
        return stateKeys.get((int) number - 1);
    }

    @Override
    public int stateKey(String type, String stateKey) {
        return keys.getOrDefault(new StateKey(type, stateKey), UNKNOWN_KEY);
    }

    @Override
    public long createEvent() {
        return 1;
    }
}
