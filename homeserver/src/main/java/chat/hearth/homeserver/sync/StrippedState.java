package chat.hearth.homeserver.sync;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/// What a user who is invited, or knocks, gets to see of a room, as it was at that moment.
///
/// See [Stripped state](https://spec.matrix.org/v1.19/client-server-api/#stripped-state).
final class StrippedState {
    private static final List<StateKey> SHOWN =
            List.of(
                    StateKey.of(EventTypes.CREATE),
                    StateKey.of(EventTypes.JOIN_RULES),
                    StateKey.of(EventTypes.NAME),
                    StateKey.of(EventTypes.AVATAR),
                    StateKey.of(EventTypes.TOPIC),
                    StateKey.of(EventTypes.CANONICAL_ALIAS),
                    StateKey.of(EventTypes.ENCRYPTION));

    private final IdentifierStore identifiers;
    private final RoomStates states;
    private final EventCache cache;

    StrippedState(IdentifierStore identifiers, RoomStates states, EventCache cache) {
        this.identifiers = identifiers;
        this.states = states;
        this.cache = cache;
    }

    /// Writes the events as a JSON array, the user's own member event last.
    ///
    /// @param sight what the user may see of the room
    /// @param member the position of the user's own member event
    void write(JsonWriter out, RoomState state, RoomSight sight, long member) {
        StoredEvent own = cache.require(member);
        var places = new ArrayList<>(SHOWN);
        UserId sender = identifiers.user(own.sender());
        places.add(new StateKey(EventTypes.MEMBER, sender.value()));
        char separator = '[';
        for (StateKey place : places) {
            long position = position(state, own, place);
            if (position != 0 && position != member) {
                out.ascii(separator);
                StoredEvent shown = sight.shown(cache.require(position));
                ClientEvent.writeStripped(out, shown.clientJson());
                separator = ',';
            }
        }
        out.ascii(separator);
        ClientEvent.writeStrippedMember(out, own.eventId(), sight.shown(own).clientJson());
        out.ascii(']');
    }

    /// The event that held at a place when the member event was sent.
    private long position(RoomState state, StoredEvent own, StateKey key) {
        int place = identifiers.findStateKey(key).orElse(0);
        if (place == 0) {
            return 0;
        }
        long now = state.events().eventAt(place);
        return now < own.position() ? now : states.position(state, own.stateBefore(), place);
    }
}
