package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelinePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Reads rooms from the store.
final class RoomLoader {
    private static final int PAGE = 50_000;
    private static final long[] NONE = {};

    /// So many of a room's latest events are known to it from the start: more than most timelines
    /// show, so that those who come back do not all ask the store for the same ones.
    private static final int RECENT = 32;

    /// The state events that a room in memory has decoded.
    private static final List<String> DECODED =
            List.of(
                    EventTypes.CREATE,
                    EventTypes.POWER_LEVELS,
                    EventTypes.JOIN_RULES,
                    EventTypes.HISTORY_VISIBILITY);

    private final Stores stores;

    RoomLoader(Stores stores) {
        this.stores = stores;
    }

    /// The rooms with these numbers, all as of one moment, by number.
    ///
    /// @throws IllegalStateException when one of them is not there
    Map<Integer, Room> load(int[] numbers) {
        return stores.snapshot(() -> read(numbers));
    }

    /// What is read of the rooms that are loaded together.
    ///
    /// @param last each room's last event
    /// @param recent the positions of each room's latest events
    /// @param states versions of state, by their numbers
    /// @param events the events that are looked into, by position
    /// @param members each room's members
    private record Found(
            Map<Integer, TimelinePoint> last,
            Map<Integer, long[]> recent,
            Map<Long, StateEntries> states,
            Map<Long, StoredEvent> events,
            Map<Integer, Members> members) {}

    private Map<Integer, Room> read(int[] numbers) {
        List<StoredRoom> stored = stores.rooms().find(numbers);
        Map<Integer, TimelinePoint> last = stores.timelines().lastPoints(numbers, Long.MAX_VALUE);
        Map<Long, StateEntries> states =
                stores.states().load(stored.stream().mapToLong(StoredRoom::currentState).toArray());
        var found =
                new Found(
                        last,
                        stores.timelines().latestPositions(numbers, RECENT),
                        states,
                        events(stored, last, states),
                        members(numbers));
        Map<Integer, Room> rooms = new HashMap<>();
        for (StoredRoom room : stored) {
            rooms.put(room.room(), room(room, found));
        }
        for (int number : numbers) {
            if (!rooms.containsKey(number)) {
                throw new IllegalStateException("No room " + number);
            }
        }
        return rooms;
    }

    /// The extremities of rooms, and those state events that a room has decoded.
    private Map<Long, StoredEvent> events(
            List<StoredRoom> stored,
            Map<Integer, TimelinePoint> last,
            Map<Long, StateEntries> states) {
        int[] places = DECODED.stream().mapToInt(this::place).toArray();
        LongStream decoded =
                states.values().stream()
                        .flatMapToLong(state -> IntStream.of(places).mapToLong(state::position));
        LongStream extremities =
                stored.stream()
                        .filter(room -> last.containsKey(room.room()))
                        .flatMapToLong(room -> extremities(room, last(room, last)));
        long[] positions =
                LongStream.concat(decoded, extremities)
                        .filter(position -> position != 0)
                        .distinct()
                        .toArray();
        Map<Long, StoredEvent> events = new HashMap<>();
        stores.events()
                .byPositions(positions)
                .forEach(event -> events.put(event.position(), event));
        return events;
    }

    private static TimelinePoint last(StoredRoom room, Map<Integer, TimelinePoint> last) {
        TimelinePoint point = last.get(room.room());
        if (point == null) {
            throw new IllegalStateException("No event in " + room.room());
        }
        return point;
    }

    private static LongStream extremities(StoredRoom stored, TimelinePoint last) {
        return stored.extremities().isEmpty()
                ? LongStream.of(last.position())
                : stored.extremities().stream().mapToLong(Long::longValue);
    }

    private Room room(StoredRoom stored, Found found) {
        TimelinePoint last = last(stored, found.last());
        return new Room(
                stored.room(),
                stored.roomId(),
                stored.version(),
                head(stored, last, found.events()),
                state(stored, found),
                recent(found.recent().getOrDefault(stored.room(), NONE)));
    }

    private static RecentPositions recent(long[] latest) {
        return new RecentPositions(latest, latest.length < RECENT);
    }

    private static Head head(StoredRoom stored, TimelinePoint last, Map<Long, StoredEvent> events) {
        List<StoredEvent> extremities =
                extremities(stored, last)
                        .mapToObj(position -> Optional.ofNullable(events.get(position)))
                        .flatMap(Optional::stream)
                        .toList();
        long depth = extremities.stream().mapToLong(StoredEvent::depth).max().orElse(last.depth());
        return new Head(
                extremities.stream().map(StoredEvent::eventId).toList(), depth, last.notifyIndex());
    }

    private RoomState state(StoredRoom stored, Found found) {
        RoomVersion version = stored.version();
        StateEntries entries =
                found.states().getOrDefault(stored.currentState(), StateEntries.EMPTY);
        var events = StateMap.builder();
        for (int i = 0; i < entries.size(); i++) {
            events.put(entries.keys()[i], entries.positions()[i]);
        }
        Map<String, Pdu> decoded = decoded(version, entries, found.events());
        Pdu create = decoded.get(EventTypes.CREATE);
        if (create == null) {
            throw new IllegalStateException("No create event in " + stored.room());
        }
        Creation creation = Creation.of(version.rules(), create);
        JsonObject visibility = content(decoded, EventTypes.HISTORY_VISIBILITY);
        return new RoomState(
                stored.currentState(),
                events.build(),
                found.members().getOrDefault(stored.room(), Members.EMPTY),
                creation,
                PowerLevels.of(
                        version.rules(),
                        creation.creators(),
                        content(decoded, EventTypes.POWER_LEVELS)),
                JoinRule.of(content(decoded, EventTypes.JOIN_RULES)),
                visibility == null ? HistoryVisibility.DEFAULT : HistoryVisibility.of(visibility));
    }

    private Map<String, Pdu> decoded(
            RoomVersion version, StateEntries entries, Map<Long, StoredEvent> events) {
        Map<String, Pdu> decoded = new HashMap<>();
        for (String type : DECODED) {
            StoredEvent event = events.get(entries.position(place(type)));
            if (event != null) {
                decoded.put(type, pdu(version, event));
            }
        }
        return decoded;
    }

    private static @Nullable JsonObject content(Map<String, Pdu> decoded, String type) {
        Pdu event = decoded.get(type);
        return event == null ? null : event.content();
    }

    private int place(String type) {
        return stores.identifiers().findStateKey(StateKey.of(type)).orElse(0);
    }

    /// The event as the rules see it.
    static Pdu pdu(RoomVersion version, StoredEvent event) {
        return Pdu.ofStored(
                version,
                event.eventId(),
                new StoredForm(event.clientJson(), event.federationJson()));
    }

    private Map<Integer, Members> members(int[] rooms) {
        Map<Integer, Members.Builder> members = new HashMap<>();
        StoredMembership after = null;
        while (true) {
            List<StoredMembership> page = stores.memberships().ofRooms(rooms, after, PAGE);
            for (StoredMembership row : page) {
                members.computeIfAbsent(row.room(), _ -> new Members.Builder())
                        .add(row.user(), row.state(), row.position());
            }
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast();
        }
        Map<Integer, Members> built = new HashMap<>();
        members.forEach((room, builder) -> built.put(room, builder.build()));
        return built;
    }
}
