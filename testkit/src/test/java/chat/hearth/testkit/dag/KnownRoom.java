package chat.hearth.testkit.dag;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/// A forked room of which it is known what the network's other servers make of it, read from a file
/// in which events name each other by number.
///
/// @param dag the room's events
/// @param forks the states to be merged
/// @param resolved the state in which the other servers see the room
record KnownRoom(RoomDag dag, List<StateMap> forks, StateMap resolved) {
    static KnownRoom read(RoomVersion version) {
        JsonObject file = file("/state-resolution/room-version-" + version.id() + ".json");
        var room = new RoomId(file.string("room_id").orElseThrow());
        var dag = new RoomDag(version);
        for (JsonValue event : array(file, "events")) {
            dag.add(event(dag, room, (JsonObject) event));
        }
        return new KnownRoom(
                dag,
                array(file, "forks").values().stream().map(fork -> state(dag, fork)).toList(),
                state(dag, array(file, "resolved")));
    }

    private static DagEvent event(RoomDag dag, RoomId room, JsonObject event) {
        return new DagEvent(
                new EventId(event.string("event_id").orElseThrow()),
                room,
                event.string("type").orElseThrow(),
                Optional.of(event.string("state_key").orElseThrow()),
                UserId.parse(event.string("sender").orElseThrow()).orElseThrow(),
                event.object("content").orElseThrow(),
                event.integer("origin_server_ts").orElseThrow(),
                event.integer("depth").orElseThrow(),
                ids(dag, array(event, "prev_events")),
                ids(dag, array(event, "auth_events")));
    }

    private static List<EventId> ids(RoomDag dag, JsonArray numbers) {
        return numbers(numbers).mapToObj(number -> dag.event(number).eventId()).toList();
    }

    private static StateMap state(RoomDag dag, JsonValue numbers) {
        return dag.after(StateMap.EMPTY, numbers((JsonArray) numbers).toArray());
    }

    private static LongStream numbers(JsonArray numbers) {
        return numbers.values().stream().mapToLong(number -> ((JsonInteger) number).value());
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.array(name).orElseThrow();
    }

    private static JsonObject file(String name) {
        try (var file = Objects.requireNonNull(KnownRoom.class.getResourceAsStream(name))) {
            return JsonReader.readObject(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
