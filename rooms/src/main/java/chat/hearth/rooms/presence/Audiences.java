package chat.hearth.rooms.presence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who is told of in which rooms, looked up by room: a reader's rooms are few, the users around are
/// many. For one thread at a time.
final class Audiences {
    private static final int[] NOBODY = {};

    /// Room number → the numbers of the users told of there.
    private final Map<Integer, int[]> users = new HashMap<>();

    /// Notes that a user is told of in other rooms than before.
    ///
    /// @param before the rooms until now, ascending
    /// @param after the rooms from now on, ascending
    void move(int user, int[] before, int[] after) {
        for (int room : before) {
            if (Arrays.binarySearch(after, room) < 0) {
                remove(room, user);
            }
        }
        for (int room : after) {
            if (Arrays.binarySearch(before, room) < 0) {
                users.merge(room, new int[] {user}, Audiences::joined);
            }
        }
    }

    private void remove(int room, int user) {
        int[] left =
                Arrays.stream(users.getOrDefault(room, NOBODY))
                        .filter(each -> each != user)
                        .toArray();
        if (left.length == 0) {
            users.remove(room);
        } else {
            users.put(room, left);
        }
    }

    private static int[] joined(int[] present, int[] added) {
        int[] all = Arrays.copyOf(present, present.length + 1);
        all[present.length] = added[0];
        return all;
    }

    /// The numbers of the users who are told of in one of `rooms`.
    Set<Integer> in(int[] rooms) {
        var found = new HashSet<Integer>();
        for (int room : rooms) {
            for (int user : users.getOrDefault(room, NOBODY)) {
                found.add(user);
            }
        }
        return found;
    }
}
