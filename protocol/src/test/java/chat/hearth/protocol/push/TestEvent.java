package chat.hearth.protocol.push;

import chat.hearth.protocol.event.UnplacedEvent;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.util.Optional;

/// An event made from the JSON that a client would see.
record TestEvent(JsonObject json) implements UnplacedEvent {
    static final String ROOM = "!room:example.org";
    static final String SENDER = "@sender:example.org";

    /// An event whose absent members are made up; single quotes stand for double ones.
    static PushEvent of(String text) {
        return PushEvent.of(new TestEvent(json(text)));
    }

    static PushEvent message(String body) {
        JsonObject content =
                JsonObject.builder().put("msgtype", "m.text").put("body", body).build();
        JsonObject json = JsonObject.of("type", "m.room.message").with("content", content);
        return PushEvent.of(new TestEvent(json));
    }

    static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"'));
    }

    @Override
    public EventId eventId() {
        return new EventId(json.string("event_id").orElse("$event"));
    }

    @Override
    public RoomId roomId() {
        return new RoomId(json.string("room_id").orElse(ROOM));
    }

    @Override
    public String type() {
        return json.string("type").orElse("m.test");
    }

    @Override
    public Optional<String> stateKey() {
        return json.string("state_key");
    }

    @Override
    public UserId sender() {
        return new UserId(json.string("sender").orElse(SENDER));
    }

    @Override
    public JsonObject content() {
        return json.object("content").orElse(JsonObject.EMPTY);
    }
}
