package chat.hearth.rooms.history;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.EventFacts;
import chat.hearth.storage.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Decides who may see which events, and what of them: the one visibility function in front of
/// every read. Safe for use by several threads.
///
/// See [Room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
public final class HistoryGate {
    private final Stores stores;
    private final EventCache events;
    private final StateReader states;
    private final AtHand atHand;

    /// A gate before `stores`.
    public HistoryGate(Stores stores, EventCache events, StateReader states, AtHand atHand) {
        this.stores = stores;
        this.events = events;
        this.states = states;
        this.atHand = atHand;
    }

    /// The room as `user` may see it at this moment. The answer remembers what it looked up, so it
    /// is for one request.
    public RoomSight sight(Room room, UserId user) {
        return sight(room, room.state(), user);
    }

    /// The room as `user` may see it at the moment of one of its states.
    public RoomSight sight(Room room, RoomState now, UserId user) {
        int number = stores.identifiers().findUser(user).orElse(0);
        int memberPlace = place(new StateKey(EventTypes.MEMBER, user.value()));
        int visibilityPlace = place(StateKey.of(EventTypes.HISTORY_VISIBILITY));
        return new RoomSight(
                stores, events, states, room, now, number, memberPlace, visibilityPlace);
    }

    /// Reads what deciding about events of several rooms takes, for the running work, if any.
    public void readAhead(Map<RoomSight, ? extends List<? extends EventFacts>> shown) {
        if (!atHand.isWorking()) {
            return;
        }
        Map<RoomSight, long[]> before = new HashMap<>();
        var deciding = LongStream.builder();
        shown.forEach(
                (sight, candidates) -> {
                    List<? extends EventFacts> earlier =
                            candidates.stream()
                                    .filter(event -> !sight.isOfThisStay(event))
                                    .toList();
                    if (!earlier.isEmpty()) {
                        before.put(sight, versions(earlier));
                        deciding.add(sight.membershipSince());
                        sight.toldBy(earlier).forEach(deciding::add);
                    }
                });
        states.readAhead(before.values().stream().flatMapToLong(LongStream::of));
        before.forEach(
                (sight, versions) ->
                        LongStream.of(versions)
                                .mapToObj(states::entries)
                                .flatMapToLong(sight::deciding)
                                .forEach(deciding::add));
        events.readAhead(deciding.build());
    }

    private static long[] versions(List<? extends EventFacts> events) {
        return events.stream().mapToLong(EventFacts::stateBefore).distinct().toArray();
    }

    private int place(StateKey key) {
        return stores.identifiers().findStateKey(key).orElse(0);
    }
}
