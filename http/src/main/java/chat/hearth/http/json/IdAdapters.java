package chat.hearth.http.json;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Identifiers are strings in JSON. [RecordShape] has checked their form before they are read here.
final class IdAdapters {
    private IdAdapters() {}

    static JsonbAdapter<?, ?>[] all() {
        return new JsonbAdapter<?, ?>[] {
            new OfUser(), new OfRoom(), new OfEvent(), new OfAlias(), new OfServer()
        };
    }

    /// One kind of identifier. The binding finds out which by the type that a subclass names.
    private abstract static class OfId<T> implements JsonbAdapter<T, String> {
        private final Function<T, String> text;
        private final Function<String, T> parsed;

        OfId(Function<T, String> text, Function<String, T> parsed) {
            this.text = text;
            this.parsed = parsed;
        }

        @Override
        public final String adaptToJson(T id) {
            return text.apply(id);
        }

        @Override
        public final @Nullable T adaptFromJson(@Nullable String json) {
            return json == null ? null : parsed.apply(json);
        }
    }

    private static final class OfUser extends OfId<UserId> {
        OfUser() {
            super(UserId::value, UserId::new);
        }
    }

    private static final class OfRoom extends OfId<RoomId> {
        OfRoom() {
            super(RoomId::value, RoomId::new);
        }
    }

    private static final class OfEvent extends OfId<EventId> {
        OfEvent() {
            super(EventId::value, EventId::new);
        }
    }

    private static final class OfAlias extends OfId<RoomAlias> {
        OfAlias() {
            super(RoomAlias::value, RoomAlias::new);
        }
    }

    private static final class OfServer extends OfId<ServerName> {
        OfServer() {
            super(ServerName::value, ServerName::new);
        }
    }
}
