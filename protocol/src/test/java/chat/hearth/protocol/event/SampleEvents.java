package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.RandomJson;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Events in federation format for tests.
final class SampleEvents {
    static final UserId ALICE = new UserId("@alice:example.org");
    static final RoomId ROOM = new RoomId("!room:example.org");
    static final List<String> TYPES =
            List.of(
                    "m.room.message",
                    "m.room.member",
                    "m.room.create",
                    "m.room.power_levels",
                    "m.room.join_rules",
                    "m.room.history_visibility",
                    "m.room.aliases",
                    "m.room.redaction",
                    "org.example.日本");

    private SampleEvents() {}

    /// A message as another server sends it; `origin_server_ts` is 1,000.
    static JsonObject message(RoomVersion version) {
        var event =
                JsonObject.builder()
                        .put("auth_events", edges(version, "$auth"))
                        .put("content", JsonObject.of("body", "Hello"))
                        .put("depth", 7)
                        .put("hashes", JsonObject.of("sha256", "aGFzaA"))
                        .put("origin_server_ts", 1_000)
                        .put("prev_events", edges(version, "$prev"))
                        .put("room_id", ROOM.value())
                        .put("sender", ALICE.value())
                        .put(
                                "signatures",
                                JsonObject.builder()
                                        .put("example.org", JsonObject.of("ed25519:1", "c2ln"))
                                        .build())
                        .put("type", "m.room.message");
        if (choosesIds(version)) {
            event.put("event_id", "$chosen:example.org");
        }
        return event.build();
    }

    /// Any well-formed event, with members that nobody knows.
    static JsonObject any(RoomVersion version, RandomGenerator random) {
        var json = new RandomJson(random);
        String type = TYPES.get(random.nextInt(TYPES.size()));
        JsonObject content = json.object(4, 3);
        var event = JsonObject.builder().putAll(json.object(5, 3)).putAll(message(version));
        event.put("type", type).put("depth", random.nextLong(1L << 53));
        if (random.nextBoolean()) {
            event.put("state_key", random.nextBoolean() ? "" : json.text());
        }
        if (random.nextBoolean()) {
            event.put("redacts", random.nextBoolean() ? new JsonString("$t:x") : json.value(2));
        }
        if (random.nextBoolean()) {
            content = content.with("redacts", new JsonString("$t:x"));
        }
        if (random.nextBoolean()) {
            content = content.with("membership", json.value(2));
        }
        JsonObject built = event.put("content", content).build();
        return version.rules().roomIdIsCreateHash() && type.equals("m.room.create")
                ? built.without("room_id")
                : built;
    }

    static boolean choosesIds(RoomVersion version) {
        return version.rules().eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN;
    }

    /// Edges as the version writes them.
    static JsonArray edges(RoomVersion version, String... ids) {
        List<JsonValue> edges = new ArrayList<>();
        for (String id : ids) {
            JsonString name = new JsonString(id);
            edges.add(
                    choosesIds(version)
                            ? new JsonArray(List.of(name, JsonObject.of("sha256", "A".repeat(43))))
                            : name);
        }
        return new JsonArray(edges);
    }

    static Pdu pdu(RoomVersion version, JsonObject event) {
        return Pdu.parse(version, event).orThrow();
    }

    static EventId id(String value) {
        return new EventId(value);
    }
}
