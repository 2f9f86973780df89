package chat.hearth.homeserver.sync;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StateEntries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/// Looks up the state of rooms at positions of the stream, in memory where that is the present one.
final class RoomStates {
    private final StateReader reader;

    RoomStates(StateReader reader) {
        this.reader = reader;
    }

    /// The number of the state version after everything up to `position`.
    ///
    /// @param now the room's state, read before this is called
    long versionAfter(Room room, RoomState now, long position) {
        return reader.versionAfter(room, now, position);
    }

    /// Reads which versions hold after everything up to positions, for the running work.
    ///
    /// @param rooms position → the rooms that will be asked about
    void readAheadVersionsAfter(Map<Long, List<Room>> rooms) {
        rooms.forEach((position, alike) -> reader.readAheadVersionsAfter(alike, position));
    }

    /// Reads those versions of rooms' states that are not the present ones, for the running work.
    void readAhead(List<Shown> rooms, Function<Shown, LongStream> versions) {
        reader.readAhead(
                rooms.stream()
                        .flatMapToLong(
                                each ->
                                        versions.apply(each)
                                                .filter(
                                                        version ->
                                                                version
                                                                        != each.view()
                                                                                .state()
                                                                                .version())));
    }

    /// The state of a version as entries.
    StateEntries entries(RoomState now, long version) {
        if (version != now.version()) {
            return reader.entries(version);
        }
        int[] keys = now.events().stateKeys();
        Arrays.sort(keys);
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
                : reader.position(version, place);
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
