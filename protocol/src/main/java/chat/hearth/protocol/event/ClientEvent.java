package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonWriter;
import java.util.Set;

/// Events as clients see them, written from the client part of their [StoredForm] without reading
/// it.
///
/// See [Room event format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format).
public final class ClientEvent {
    private static final Set<String> STRIPPED = Set.of("content", "sender", "state_key", "type");

    private static final Set<String> DATED =
            Set.of("content", "origin_server_ts", "sender", "state_key", "type");

    private ClientEvent() {}

    /// Writes an event without `room_id`, as `/sync` has it.
    public static void write(
            JsonWriter out, EventId eventId, byte[] clientPart, Unsigned unsigned) {
        begin(out, clientPart);
        end(out, eventId, unsigned);
    }

    /// Writes an event with `room_id`.
    public static void write(
            JsonWriter out, EventId eventId, RoomId roomId, byte[] clientPart, Unsigned unsigned) {
        begin(out, clientPart);
        out.ascii(",\"room_id\":").string(roomId.value());
        end(out, eventId, unsigned);
    }

    /// Writes a state event as users see it who are not in the room: only `content`, `sender`,
    /// `state_key` and `type`. See [Stripped
    /// state](https://spec.matrix.org/v1.19/client-server-api/#stripped-state).
    public static void writeStripped(JsonWriter out, byte[] clientPart) {
        writeMembers(out, clientPart, STRIPPED);
        out.ascii('}');
    }

    /// Writes the member event of a user who is invited or knocks, for that user: stripped, but for
    /// `event_id` and `origin_server_ts`. Clients date an invite by the one, and tell two invites
    /// apart by the other.
    public static void writeStrippedMember(JsonWriter out, EventId eventId, byte[] clientPart) {
        writeMembers(out, clientPart, DATED);
        end(out, eventId, new Unsigned());
    }

    private static void writeMembers(JsonWriter out, byte[] clientPart, Set<String> names) {
        var members = new Members(clientPart);
        char separator = '{';
        while (members.next()) {
            if (names.stream().anyMatch(members::isNamed)) {
                out.ascii(separator);
                out.raw(clientPart, members.start(), members.end() - members.start());
                separator = ',';
            }
        }
    }

    /// The JSON text of the event's content.
    public static byte[] content(byte[] clientPart) {
        var members = new Members(clientPart);
        while (members.next()) {
            if (members.isNamed("content")) {
                return members.value();
            }
        }
        throw new IllegalArgumentException("A client part without content");
    }

    /// When the event was sent, in milliseconds since the epoch as its origin claims; 0 for a
    /// number that no clock gives.
    public static long originServerTs(byte[] clientPart) {
        var members = new Members(clientPart);
        while (members.next()) {
            if (members.isNamed("origin_server_ts")) {
                return milliseconds(members.value());
            }
        }
        throw new IllegalArgumentException("A client part without origin_server_ts");
    }

    private static long milliseconds(byte[] digits) {
        long value = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9' || value > JsonNumber.INTEGER_MAX / 10) {
                return 0;
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    /// Everything but the closing brace.
    private static void begin(JsonWriter out, byte[] clientPart) {
        out.raw(clientPart, 0, clientPart.length - 1);
    }

    private static void end(JsonWriter out, EventId eventId, Unsigned unsigned) {
        out.ascii(",\"event_id\":").string(eventId.value());
        if (!unsigned.isEmpty()) {
            unsigned.writeTo(out);
        }
        out.ascii('}');
    }
}
