package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.AuthContext;
import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StoredEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A room's state while events are being built on it: the committed state, and over it the state
/// events of the same batch, which are not stored yet.
final class PendingState implements AuthContext {
    private final RoomVersion version;
    private final @Nullable RoomState committed;
    private final IdentifierStore identifiers;
    private final EventCache events;
    private final Map<StateKey, Pdu> added = new HashMap<>();

    /// @param committed the state to build on, null for a room that is being made
    PendingState(
            RoomVersion version,
            @Nullable RoomState committed,
            IdentifierStore identifiers,
            EventCache events) {
        this.version = version;
        this.committed = committed;
        this.identifiers = identifiers;
        this.events = events;
    }

    /// Puts a state event over what is there.
    void add(Pdu event) {
        added.put(new StateKey(event.type(), event.stateKey().orElseThrow()), event);
    }

    /// The id of the event in a place, if there is one.
    Optional<EventId> idAt(StateKey place) {
        Pdu here = added.get(place);
        return here != null
                ? Optional.of(here.eventId())
                : storedAt(place).map(StoredEvent::eventId);
    }

    /// The event in a place, if there is one.
    Optional<Pdu> eventAt(StateKey place) {
        Pdu here = added.get(place);
        return here != null
                ? Optional.of(here)
                : storedAt(place).map(stored -> RoomLoader.pdu(version, stored));
    }

    private Optional<StoredEvent> storedAt(StateKey place) {
        if (committed == null) {
            return Optional.empty();
        }
        OptionalInt key = identifiers.findStateKey(place);
        long position = key.isEmpty() ? StateMap.NONE : committed.events().eventAt(key.getAsInt());
        return position == StateMap.NONE ? Optional.empty() : Optional.of(events.require(position));
    }

    @Override
    public Creation creation() {
        if (committed != null) {
            return committed.creation();
        }
        Pdu create = added.get(StateKey.of(EventTypes.CREATE));
        if (create == null) {
            throw new IllegalStateException("A room begins with its create event");
        }
        return Creation.of(version.rules(), create);
    }

    @Override
    public PowerLevels powerLevels() {
        JsonObject content = addedContent(EventTypes.POWER_LEVELS, "");
        return content == null && committed != null
                ? committed.powerLevels()
                : PowerLevels.of(version.rules(), creation().creators(), content);
    }

    @Override
    public JoinRule joinRule() {
        JsonObject content = addedContent(EventTypes.JOIN_RULES, "");
        return content == null && committed != null ? committed.joinRule() : JoinRule.of(content);
    }

    @Override
    public Membership membershipOf(String user) {
        JsonObject content = addedContent(EventTypes.MEMBER, user);
        if (content != null || committed == null) {
            return Membership.of(content);
        }
        OptionalInt number =
                UserId.parse(user).map(identifiers::findUser).orElse(OptionalInt.empty());
        return number.isEmpty()
                ? Membership.LEAVE
                : committed.members().membership(number.getAsInt());
    }

    @Override
    public @Nullable Event thirdPartyInvite(String token) {
        return eventAt(new StateKey(EventTypes.THIRD_PARTY_INVITE, token)).orElse(null);
    }

    private @Nullable JsonObject addedContent(String type, String stateKey) {
        if (added.isEmpty()) {
            return null;
        }
        Pdu event = added.get(new StateKey(type, stateKey));
        return event == null ? null : event.content();
    }
}
