package chat.hearth.homeserver.sync;

import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.typing.TypingTracker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// The rooms in which a client believes that somebody types. It goes on from answer to answer in
/// the token, so that what was told is taken back after a restart, too, or when the client was away
/// for more changes than are remembered. For one answer.
final class TypingTold {
    private final Set<Integer> rooms;

    TypingTold(List<Integer> rooms) {
        this.rooms = new LinkedHashSet<>(rooms);
    }

    /// Those of the rooms where nobody types any more.
    Set<Integer> outdated(TypingTracker typing) {
        var outdated = new LinkedHashSet<>(rooms);
        outdated.removeIf(room -> !typing.typing(room).isEmpty());
        return outdated;
    }

    /// Forgets the rooms that the client does not show any more.
    void keep(IntPredicate shown) {
        rooms.removeIf(room -> !shown.test(room));
    }

    /// Notes that the client is told that somebody types in a room.
    ///
    /// @return false when that cannot be noted, because there are [StreamToken#TYPISTS_MAX]
    ///   already: then it must not be told
    boolean begin(int room) {
        if (rooms.size() >= StreamToken.TYPISTS_MAX && !rooms.contains(room)) {
            return false;
        }
        rooms.add(room);
        return true;
    }

    /// Notes that the client is told that nobody types in a room.
    void end(int room) {
        rooms.remove(room);
    }

    List<Integer> rooms() {
        return List.copyOf(rooms);
    }
}
