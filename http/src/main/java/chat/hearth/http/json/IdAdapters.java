package chat.hearth.http.json;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import jakarta.json.bind.adapter.JsonbAdapter;

/// Identifiers are strings in JSON. [RecordShape] has checked their form before they are read here.
final class IdAdapters {
    private IdAdapters() {}

    static JsonbAdapter<?, ?>[] all() {
        return new JsonbAdapter<?, ?>[] {
            new OfUser(), new OfRoom(), new OfEvent(), new OfAlias(), new OfServer()
        };
    }

    private static final class OfUser implements JsonbAdapter<UserId, String> {
        @Override
        public String adaptToJson(UserId id) {
            return id.value();
        }

        @Override
        public UserId adaptFromJson(String text) {
            return new UserId(text);
        }
    }

    private static final class OfRoom implements JsonbAdapter<RoomId, String> {
        @Override
        public String adaptToJson(RoomId id) {
            return id.value();
        }

        @Override
        public RoomId adaptFromJson(String text) {
            return new RoomId(text);
        }
    }

    private static final class OfEvent implements JsonbAdapter<EventId, String> {
        @Override
        public String adaptToJson(EventId id) {
            return id.value();
        }

        @Override
        public EventId adaptFromJson(String text) {
            return new EventId(text);
        }
    }

    private static final class OfAlias implements JsonbAdapter<RoomAlias, String> {
        @Override
        public String adaptToJson(RoomAlias id) {
            return id.value();
        }

        @Override
        public RoomAlias adaptFromJson(String text) {
            return new RoomAlias(text);
        }
    }

    private static final class OfServer implements JsonbAdapter<ServerName, String> {
        @Override
        public String adaptToJson(ServerName id) {
            return id.value();
        }

        @Override
        public ServerName adaptFromJson(String text) {
            return new ServerName(text);
        }
    }
}
