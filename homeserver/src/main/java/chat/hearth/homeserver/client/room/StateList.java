package chat.hearth.homeserver.client.room;

import chat.hearth.http.BodySink;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.EventPieces;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.RoomReading;
import chat.hearth.storage.StoredEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Writes state events into answers, piece by piece: a room's state may be larger than memory.
final class StateList {
    private static final int BYTES_BESIDE_TEXT = 200;

    private final EventPieces pieces;
    private final EventRenderer renderer;

    StateList(EventPieces pieces, EventRenderer renderer) {
        this.pieces = pieces;
        this.renderer = renderer;
    }

    /// Writes the events at `positions` as a JSON array.
    ///
    /// @param wanted picks out of a piece what the client wants
    void write(
            BodySink out,
            RoomReading reading,
            long[] positions,
            UnaryOperator<List<StoredEvent>> wanted) {
        out.write("[");
        Consumer<List<StoredEvent>> elements = elements(out, reading);
        pieces.read(positions, piece -> elements.accept(wanted.apply(piece)));
        out.write("]");
    }

    /// Takes pieces of a list and writes them as elements of one JSON array.
    Consumer<List<StoredEvent>> elements(BodySink out, RoomReading reading) {
        var separator = new Separator();
        return events -> {
            if (!events.isEmpty()) {
                int texts = events.stream().mapToInt(event -> event.clientJson().length).sum();
                var json = new JsonWriter(texts + events.size() * BYTES_BESIDE_TEXT + 16);
                separator.write(json);
                renderer.writeState(json, events, reading.sight(), reading.room().id());
                out.write(json);
            }
        };
    }

    /// The comma between two pieces.
    static final class Separator {
        private boolean between;

        /// Writes a comma, but for the first time.
        void write(JsonWriter out) {
            if (between) {
                out.ascii(',');
            }
            between = true;
        }
    }
}
