package chat.hearth.rooms.history;

import static java.util.stream.Collectors.toSet;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Direction;
import chat.hearth.storage.EventOutline;
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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// Reads the state of rooms as of any of its versions. Asks nobody who may see it. Safe for use by
/// several threads.
public final class StateReader {
    private static final long[] NONE = {};

    /// `m.room.create` and the creator's `m.room.member`.
    private static final int CREATING_EVENTS = 2;

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
        List<EventOutline> next =
                stores.outlines()
                        .timeline(
                                new TimelineQuery(
                                        room.number(),
                                        position,
                                        Long.MAX_VALUE,
                                        Direction.FORWARD,
                                        1));
        return next.isEmpty() ? now.version() : next.getFirst().stateBefore();
    }

    /// The version right after a room was created: after the creation and its creator's join,
    /// before which nobody is in the room.
    public long firstWithMembers(Room room) {
        List<EventOutline> first =
                stores.outlines()
                        .timeline(
                                new TimelineQuery(
                                        room.number(),
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE,
                                        Direction.FORWARD,
                                        CREATING_EVENTS + 1));
        return first.size() > CREATING_EVENTS
                ? first.getLast().stateBefore()
                : room.state().version();
    }

    /// The positions of all state events of a version.
    public long[] all(long version) {
        return version == 0 ? NONE : entries(version).positions();
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

    /// The positions of the membership events of a version.
    public long[] members(long version) {
        return select(version, place -> place.type().equals(EventTypes.MEMBER));
    }

    /// The state events of one type in a version.
    public List<StoredEvent> ofType(long version, String type) {
        return events.all(select(version, place -> place.type().equals(type)));
    }

    /// The positions of the membership events of these users in a version.
    ///
    /// @param users the users' numbers
    public long[] membersAmong(long version, Collection<Integer> users) {
        if (version == 0) {
            return NONE;
        }
        StateEntries entries = entries(version);
        return stores
                .identifiers()
                .users(users.stream().mapToInt(Integer::intValue).toArray())
                .stream()
                .map(user -> new StateKey(EventTypes.MEMBER, user.value()))
                .flatMapToInt(place -> stores.identifiers().findStateKey(place).stream())
                .mapToLong(entries::position)
                .filter(position -> position != StateMap.NONE)
                .toArray();
    }

    /// The positions of all state events of a version but the membership events of others than
    /// these users.
    ///
    /// @param users the users' numbers
    public long[] allButOtherMembers(long version, Collection<Integer> users) {
        Set<String> kept =
                users.stream().map(u -> stores.identifiers().user(u).value()).collect(toSet());
        return select(
                version,
                place ->
                        !place.type().equals(EventTypes.MEMBER) || kept.contains(place.stateKey()));
    }

    private long[] select(long version, Predicate<StateKey> wanted) {
        if (version == 0) {
            return NONE;
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
        return Arrays.copyOf(positions, count);
    }
}
