package chat.hearth.homeserver.sync;

import chat.hearth.http.BodySink;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.stream.StreamToken;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer under way: what is put into it goes on to the client. Nothing is sent before there is
/// something to tell. For one thread at a time.
final class SyncBody {
    private final BodySink out;
    private boolean begun;
    private @Nullable Section section;

    SyncBody(BodySink out) {
        this.out = out;
    }

    /// Whether nothing was put into it.
    boolean isEmpty() {
        return !begun;
    }

    /// Adds rooms. Sections come in their order.
    ///
    /// @param rooms each with its id before it
    void rooms(Section of, List<byte[]> rooms) {
        for (byte[] room : rooms) {
            beginRoom(of);
            out.write(room);
        }
    }

    /// Begins a room that is given in parts.
    void beginRoom(Section of) {
        begin();
        if (section == null) {
            out.write("\"rooms\":{\"" + of.member() + "\":{");
        } else if (section != of) {
            out.write("},\"" + of.member() + "\":{");
        } else {
            out.write(",");
        }
        section = of;
    }

    /// Adds a part of a room.
    void part(JsonWriter json) {
        out.write(json);
    }

    /// Adds a list of events, after all rooms, unless it is empty. Each is asked for when those
    /// before it have gone on.
    void list(String name, Iterator<byte[]> events) {
        if (!events.hasNext()) {
            return;
        }
        begin();
        endRooms();
        out.write("\"" + name + "\":{\"events\":[");
        out.write(events.next());
        while (events.hasNext()) {
            out.write(",");
            out.write(events.next());
        }
        out.write("]},");
    }

    /// Ends the answer, which may say nothing but how far it reaches: a client that was cut off has
    /// no token with which to go on.
    void end(StreamToken next) {
        begin();
        endRooms();
        out.write("\"next_batch\":\"" + next.text() + "\"}");
    }

    private void begin() {
        if (!begun) {
            begun = true;
            out.write("{");
        }
    }

    private void endRooms() {
        if (section != null) {
            out.write("}},");
            section = null;
        }
    }
}
