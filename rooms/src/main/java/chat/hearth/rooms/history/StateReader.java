package chat.hearth.rooms.history;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// Reads the state of rooms as of any of its versions. Asks nobody who may see it. Safe for use by
/// several threads.
public final class StateReader {

    private final Stores stores;
    private final EventCache events;
    private final AtHand atHand;
    private final AtHand.Shelf<Long, StateEntries> versions;
    private final AtHand.Shelf<Moment, Long> versionsAfter;

    private record Moment(int room, long position) {}

    /// Reads the state kept in `stores`.
    public StateReader(Stores stores, EventCache events, AtHand atHand) {
        this.stores = stores;
        this.events = events;
        this.atHand = atHand;
        this.versions = atHand.shelf();
        this.versionsAfter = atHand.shelf();
    }

    /// The state of a version as entries.
    public StateEntries entries(long version) {
        StateEntries known = versions.find(version);
        return known == null ? stores.states().load(version) : known;
    }

    /// The position of the event at one place of a version, 0 when the place is empty.
    public long position(long version, int place) {
        StateEntries known = versions.find(version);
        return known == null ? stores.states().position(version, place) : known.position(place);
    }

    /// The positions of the events at some places of several versions, by version; 0 where a place
    /// is empty.
    Map<Long, long[]> positions(long[] versions, int... places) {
        return stores.states().positions(versions, places);
    }

    /// Reads versions that the running work, if any, will ask for one by one.
    public void readAhead(LongStream wanted) {
        if (!atHand.isWorking()) {
            return;
        }
        long[] missing =
                wanted.filter(version -> version != 0 && versions.find(version) == null)
                        .distinct()
                        .toArray();
        stores.states().load(missing).forEach(versions::put);
    }

    /// Reads which versions hold after everything up to a position, of rooms that the running work,
    /// if any, will ask about one by one.
    public void readAheadVersionsAfter(Collection<Room> rooms, long position) {
        if (!atHand.isWorking()) {
            return;
        }
        int[] asked =
                rooms.stream()
                        .filter(room -> room.recentPositions(position, Long.MAX_VALUE) == null)
                        .mapToInt(Room::number)
                        .toArray();
        stores.timelines()
                .nextPoints(asked, position)
                .forEach(
                        (room, next) ->
                                versionsAfter.put(new Moment(room, position), next.stateBefore()));
    }

    /// The version that holds after everything up to a position of the stream.
    public long versionAfter(Room room, long position) {
        return versionAfter(room, room.state(), position);
    }

    /// The version that holds after everything up to a position of the stream, looked up in memory
    /// where the position is a recent one.
    ///
    /// @param now the room's state, read before this is called, and before the snapshot in which it
    ///   is: what comes later is not in it
    public long versionAfter(Room room, RoomState now, long position) {
        long[] later = room.recentPositions(position, Long.MAX_VALUE);
        if (later != null) {
            // A snapshot may not have the next event yet: then there was none by the time of `now`.
            return later.length == 0
                    ? now.version()
                    : events.find(later[0]).map(StoredEvent::stateBefore).orElse(now.version());
        }
        Long known = versionsAfter.find(new Moment(room.number(), position));
        if (known != null) {
            return known;
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

    /// All state events of a version.
    public List<StoredEvent> all(long version) {
        return version == 0 ? List.of() : events.all(entries(version).positions());
    }

    /// The state event in a place of a version.
    public Optional<StoredEvent> at(long version, StateKey place) {
        OptionalInt key = stores.identifiers().findStateKey(place);
        if (version == 0 || key.isEmpty()) {
            return Optional.empty();
        }
        long position = position(version, key.getAsInt());
        return position == StateMap.NONE ? Optional.empty() : events.find(position);
    }

    /// The membership events of a version.
    public List<StoredEvent> members(long version) {
        return ofType(version, EventTypes.MEMBER);
    }

    /// The state events of one type in a version.
    public List<StoredEvent> ofType(long version, String type) {
        return select(version, place -> place.type().equals(type));
    }

    /// The membership events of these users in a version.
    ///
    /// @param users the users' numbers
    public List<StoredEvent> membersAmong(long version, Collection<Integer> users) {
        return users.stream()
                .map(
                        user ->
                                new StateKey(
                                        EventTypes.MEMBER, stores.identifiers().user(user).value()))
                .flatMap(place -> at(version, place).stream())
                .toList();
    }

    /// All state events of a version but the membership events of others than these users.
    ///
    /// @param users the users' numbers
    public List<StoredEvent> allButOtherMembers(long version, Collection<Integer> users) {
        List<String> kept = users.stream().map(u -> stores.identifiers().user(u).value()).toList();
        return select(
                version,
                place ->
                        !place.type().equals(EventTypes.MEMBER) || kept.contains(place.stateKey()));
    }

    private List<StoredEvent> select(long version, Predicate<StateKey> wanted) {
        if (version == 0) {
            return List.of();
        }
        StateEntries entries = entries(version);
        List<StateKey> places = stores.identifiers().stateKeys(entries.keys());
        long[] positions = new long[entries.size()];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (wanted.test(places.get(i))) {
                positions[count++] = entries.positions()[i];
            }
        }
        return events.all(Arrays.copyOf(positions, count));
    }
}
