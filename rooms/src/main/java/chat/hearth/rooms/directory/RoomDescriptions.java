package chat.hearth.rooms.directory;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Reads how rooms look, many with a few statements. Safe for use by several threads.
final class RoomDescriptions {
    /// So many rooms are read together: what is read stays within a few megabytes.
    static final int GROUP = 50;

    /// Names are shown so far, in UTF-16 units; addresses and the like are left out when they are
    /// longer. With [#TOPIC_MAX] this keeps a page of the directory below
    /// [chat.hearth.rooms.history.PageBudget#BYTES_MAX].
    static final int NAME_MAX = 255;

    /// Topics are shown so far, in UTF-16 units.
    static final int TOPIC_MAX = 1_000;

    /// What a description is made of.
    private static final List<String> TYPES =
            List.of(
                    EventTypes.NAME,
                    EventTypes.TOPIC,
                    EventTypes.CANONICAL_ALIAS,
                    EventTypes.AVATAR,
                    EventTypes.JOIN_RULES,
                    EventTypes.CREATE,
                    EventTypes.HISTORY_VISIBILITY,
                    EventTypes.GUEST_ACCESS);

    private final Stores stores;

    RoomDescriptions(Stores stores) {
        this.stores = stores;
    }

    /// How some rooms look, in their order. Read at one moment and past every cache of events, so
    /// that nothing is seen that a redaction took away before the rooms' states were as they are.
    ///
    /// @param rooms at most [#GROUP]
    List<PublicRoom> of(List<StoredRoom> rooms) {
        return stores.snapshot(() -> read(rooms));
    }

    private List<PublicRoom> read(List<StoredRoom> rooms) {
        Map<Integer, Integer> joined =
                stores.memberships().joined(rooms.stream().mapToInt(StoredRoom::room).toArray());
        Map<Long, StateEntries> states =
                stores.states().load(rooms.stream().mapToLong(StoredRoom::currentState).toArray());
        Map<String, Integer> places = new HashMap<>();
        for (String type : TYPES) {
            stores.identifiers()
                    .findStateKey(StateKey.of(type))
                    .ifPresent(place -> places.put(type, place));
        }
        Map<Long, JsonObject> contents = contents(states, places);
        List<PublicRoom> described = new ArrayList<>(rooms.size());
        for (StoredRoom room : rooms) {
            StateEntries state = states.getOrDefault(room.currentState(), StateEntries.EMPTY);
            var texts = new Texts(state, places, contents);
            described.add(describe(room, joined.getOrDefault(room.room(), 0), texts));
        }
        return described;
    }

    private Map<Long, JsonObject> contents(
            Map<Long, StateEntries> states, Map<String, Integer> places) {
        long[] positions =
                states.values().stream()
                        .flatMapToLong(state -> positions(state, places))
                        .filter(position -> position != StateMap.NONE)
                        .toArray();
        Map<Long, JsonObject> contents = new HashMap<>();
        for (StoredEvent event : stores.events().byPositions(positions)) {
            contents.put(
                    event.position(),
                    JsonReader.readObject(ClientEvent.content(event.clientJson())));
        }
        return contents;
    }

    private static LongStream positions(StateEntries state, Map<String, Integer> places) {
        return places.values().stream().mapToLong(state::position);
    }

    /// What a room's state says.
    private record Texts(
            StateEntries state, Map<String, Integer> places, Map<Long, JsonObject> contents) {
        @Nullable String of(String type, String member) {
            Integer place = places.get(type);
            JsonObject content = place == null ? null : contents.get(state.position(place));
            return content == null ? null : content.string(member).orElse(null);
        }
    }

    private static PublicRoom describe(StoredRoom room, int joined, Texts texts) {
        return new PublicRoom(
                room.roomId(),
                joined,
                cut(texts.of(EventTypes.NAME, "name"), NAME_MAX),
                cut(texts.of(EventTypes.TOPIC, "topic"), TOPIC_MAX),
                ifShort(texts.of(EventTypes.CANONICAL_ALIAS, "alias")),
                ifShort(texts.of(EventTypes.AVATAR, "url")),
                ifShort(texts.of(EventTypes.JOIN_RULES, "join_rule")),
                ifShort(texts.of(EventTypes.CREATE, "type")),
                "world_readable"
                        .equals(texts.of(EventTypes.HISTORY_VISIBILITY, "history_visibility")),
                "can_join".equals(texts.of(EventTypes.GUEST_ACCESS, "guest_access")));
    }

    /// Texts for people are cut, between characters.
    private static @Nullable String cut(@Nullable String text, int max) {
        if (text == null || text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }

    /// What programs read is whole or not there.
    private static @Nullable String ifShort(@Nullable String text) {
        return text == null || text.length() > NAME_MAX ? null : text;
    }
}
