package chat.hearth.homeserver.sync;

import chat.hearth.http.ByteSegments;
import java.util.ArrayList;
import java.util.List;

/// The written rooms of an answer, by section. For one thread at a time.
final class RoomBlocks {
    private final List<byte[]> join = new ArrayList<>();
    private final List<byte[]> invite = new ArrayList<>();
    private final List<byte[]> knock = new ArrayList<>();
    private final List<byte[]> leave = new ArrayList<>();
    private final List<Integer> entered = new ArrayList<>();

    void joined(byte[] room) {
        join.add(room);
    }

    /// Notes that the user has come into a room since the answer before.
    void entered(int room) {
        entered.add(room);
    }

    /// The numbers of the rooms into which the user has come.
    int[] entered() {
        return entered.stream().mapToInt(Integer::intValue).toArray();
    }

    void invited(byte[] room) {
        invite.add(room);
    }

    void knocked(byte[] room) {
        knock.add(room);
    }

    void left(byte[] room) {
        leave.add(room);
    }

    boolean isEmpty() {
        return join.isEmpty() && invite.isEmpty() && knock.isEmpty() && leave.isEmpty();
    }

    /// Writes the member `rooms` unless there is none.
    void writeTo(ByteSegments body) {
        if (isEmpty()) {
            return;
        }
        String separator = ",\"rooms\":{";
        separator = section(body, separator, "join", join);
        separator = section(body, separator, "invite", invite);
        separator = section(body, separator, "knock", knock);
        section(body, separator, "leave", leave);
        body.add("}");
    }

    private static String section(
            ByteSegments body, String separator, String name, List<byte[]> rooms) {
        if (rooms.isEmpty()) {
            return separator;
        }
        body.add(separator + "\"" + name + "\":{");
        for (int i = 0; i < rooms.size(); i++) {
            if (i > 0) {
                body.add(",");
            }
            body.add(rooms.get(i));
        }
        body.add("}");
        return ",";
    }
}
