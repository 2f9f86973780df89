package chat.hearth.rooms.history;

import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Stores;

/// Decides who may see which events, and what of them: the one visibility function in front of
/// every read. Safe for use by several threads.
///
/// See [Room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
public final class HistoryGate {
    private final Stores stores;
    private final EventCache events;

    /// A gate before `stores`.
    public HistoryGate(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
    }

    /// The room as `user` may see it at this moment. The answer remembers what it looked up, so it
    /// is for one request.
    public RoomSight sight(Room room, UserId user) {
        int number = stores.identifiers().findUser(user).orElse(0);
        int memberPlace = place(new StateKey("m.room.member", user.value()));
        int visibilityPlace = place(StateKey.of("m.room.history_visibility"));
        return new RoomSight(stores, events, room, number, memberPlace, visibilityPlace);
    }

    private int place(StateKey key) {
        return stores.identifiers().findStateKey(key).orElse(0);
    }
}
