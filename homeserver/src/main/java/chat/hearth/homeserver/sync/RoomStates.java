package chat.hearth.homeserver.sync;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.List;
import java.util.stream.LongStream;

/// Looks up the state of rooms at positions of the stream, in memory where that is the present one.
final class RoomStates {
    private final Stores stores;
    private final EventCache cache;

    RoomStates(Stores stores, EventCache cache) {
        this.stores = stores;
        this.cache = cache;
    }

    /// The number of the state version after everything up to `position`.
    ///
    /// @param now the room's state, read before this is called
    long versionAt(Room room, RoomState now, long position) {
        long[] later = room.recentPositions(position, Long.MAX_VALUE);
        if (later != null) {
            return later.length == 0 ? now.version() : cache.require(later[0]).stateBefore();
        }
        List<StoredEvent> next =
                stores.events()
                        .timeline(
                                new TimelineQuery(
                                        room.number(),
                                        position,
                                        Long.MAX_VALUE,
                                        Direction.FORWARD,
                                        1));
        return next.isEmpty() ? now.version() : next.getFirst().stateBefore();
    }

    /// The state of a version as entries.
    StateEntries entries(RoomState now, long version) {
        if (version != now.version()) {
            return stores.states().load(version);
        }
        int[] keys = now.events().stateKeys();
        java.util.Arrays.sort(keys);
        long[] positions = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            positions[i] = now.events().eventAt(keys[i]);
        }
        return new StateEntries(keys, positions);
    }

    /// The position of the event at one place of a version.
    long position(RoomState now, long version, int place) {
        return version == now.version()
                ? now.events().eventAt(place)
                : stores.states().position(version, place);
    }

    /// The positions of the events of `to` that are not in `from`.
    long[] difference(RoomState now, long from, long to) {
        if (from == to) {
            return new long[0];
        }
        StateEntries before = entries(now, from);
        StateEntries after = entries(now, to);
        var changed = LongStream.builder();
        for (int i = 0; i < after.size(); i++) {
            int place = after.keys()[i];
            long position = after.positions()[i];
            if (before.position(place) != position) {
                changed.add(position);
            }
        }
        return changed.build().toArray();
    }
}
