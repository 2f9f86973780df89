package chat.hearth.testkit.dag;

import chat.hearth.protocol.auth.AuthEventSelection;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import chat.hearth.protocol.stateres.StateMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An event in the making. Unless told otherwise it follows the event added last, its timestamp and
/// depth are its number, its content is empty, it has no auth events and an id that looks random
/// but follows from its number.
public final class EventDraft {
    private final RoomDag dag;
    private final String sender;
    private final String type;
    private final String stateKey;
    private final long number;
    private JsonObject content = JsonObject.EMPTY;
    private long[] authEvents = {};
    private long timestamp;
    private long depth;

    EventDraft(RoomDag dag, String sender, String type, String stateKey) {
        this.dag = dag;
        this.sender = sender;
        this.type = type;
        this.stateKey = stateKey;
        this.number = dag.size() + 1L;
        this.timestamp = number;
        this.depth = number;
    }

    /// The event's content.
    public EventDraft content(JsonObject content) {
        this.content = content;
        return this;
    }

    /// The event's content, one string.
    public EventDraft content(String name, String value) {
        return content(JsonObject.of(name, value));
    }

    /// Milliseconds since the epoch.
    public EventDraft at(long timestamp) {
        this.timestamp = timestamp;
        return this;
    }

    /// The claimed depth.
    public EventDraft depth(long depth) {
        this.depth = depth;
        return this;
    }

    /// Cites these events as auth events.
    public EventDraft citing(long... authEvents) {
        this.authEvents = authEvents;
        return this;
    }

    /// Cites as auth events those that the specification selects from a state. To be called when
    /// the content is set.
    public EventDraft citing(StateMap state) {
        RoomVersionRules rules = dag.version().rules();
        return citing(
                AuthEventSelection.of(rules, type, user(), stateKey, content).stream()
                        .mapToLong(key -> eventAt(state, key))
                        .filter(event -> event != StateMap.NONE)
                        .toArray());
    }

    /// The event, not added to the room.
    public Event build() {
        EventId id = id(number);
        List<EventId> previous = number == 1 ? List.of() : List.of(dag.event(number - 1).eventId());
        return new DagEvent(
                id,
                number == 1 ? room(id) : dag.event(1).roomId(),
                type,
                Optional.of(stateKey),
                user(),
                content,
                timestamp,
                depth,
                previous,
                Arrays.stream(authEvents).mapToObj(cited -> dag.event(cited).eventId()).toList());
    }

    /// Adds the event to the room and returns its number.
    public long add() {
        return dag.add(build());
    }

    private UserId user() {
        return UserId.parse(sender).orElseThrow();
    }

    private long eventAt(StateMap state, StateKey key) {
        int dense = dag.stateKey(key.type(), key.stateKey());
        return dense == RoomDag.UNKNOWN_KEY ? StateMap.NONE : state.eventAt(dense);
    }

    private EventId id(long number) {
        String text = "$" + Long.toHexString(scrambled(number));
        boolean named = dag.version().rules().eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN;
        return new EventId(named ? text + ":" + user().serverName() : text);
    }

    private RoomId room(EventId create) {
        return new RoomId(
                dag.version().rules().roomIdIsCreateHash()
                        ? "!" + create.value().substring(1)
                        : "!room:" + user().serverName());
    }

    // An odd multiplier and a shift of the high bits keep different numbers different.
    private static long scrambled(long number) {
        long spread = number * 0x9e3779b97f4a7c15L;
        return spread ^ spread >>> 29;
    }
}
