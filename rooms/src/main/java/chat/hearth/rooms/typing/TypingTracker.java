package chat.hearth.rooms.typing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/// Keeps who is typing in which room, and numbers every change so that a reader can ask what is
/// new. Safe for use by several threads.
///
/// See [Typing
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
public final class TypingTracker {
    /// A client may announce typing for no longer than this at a time.
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(2);

    /// So many users are shown typing in one room; further ones are left out.
    static final int USERS_PER_ROOM_MAX = 100;

    /// So many changes are remembered; a reader who is further behind is told of every room where
    /// somebody types.
    static final int CHANGES_MAX = 4_096;

    private final InstantSource clock;
    private final TypingWakes wakeRoom;
    private final Map<Integer, Map<Integer, Long>> deadlines = new HashMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private long serial;

    private record Change(long serial, int room) {}

    /// A tracker in which nobody types.
    ///
    /// @param wakeRoom told a room whose typing has changed, at most once a second
    public TypingTracker(InstantSource clock, IntConsumer wakeRoom) {
        this.clock = clock;
        this.wakeRoom = new TypingWakes(clock, wakeRoom);
    }

    /// Notes that `user` types in `room` until `timeout` has passed, [#TIMEOUT_MAX] at the most.
    public void start(int room, int user, Duration timeout) {
        Duration bounded = timeout.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : timeout;
        long deadline = clock.millis() + bounded.toMillis();
        boolean changed;
        synchronized (this) {
            Map<Integer, Long> users = deadlines.computeIfAbsent(room, _ -> new LinkedHashMap<>());
            if (users.size() >= USERS_PER_ROOM_MAX && !users.containsKey(user)) {
                return;
            }
            changed = users.put(user, deadline) == null;
            if (changed) {
                note(room);
            }
        }
        if (changed) {
            wakeRoom.accept(room);
        }
    }

    /// Notes that `user` types in `room` no longer, as when what they typed was sent.
    public void stop(int room, int user) {
        synchronized (this) {
            Map<Integer, Long> users = deadlines.get(room);
            if (users == null || users.remove(user) == null) {
                return;
            }
            if (users.isEmpty()) {
                deadlines.remove(room);
            }
            note(room);
        }
        wakeRoom.accept(room);
    }

    /// Ends all typing, as when the server stops: whoever waits is told, since nobody will know
    /// afterwards who typed.
    public void stopAll() {
        Set<Integer> ended;
        synchronized (this) {
            ended = new LinkedHashSet<>(deadlines.keySet());
            deadlines.clear();
            ended.forEach(this::note);
        }
        ended.forEach(wakeRoom::accept);
        wakeRoom.flushAll();
    }

    /// Ends what has timed out, and wakes those who were left to rest. Run it every second or so.
    public void expire() {
        long now = clock.millis();
        Set<Integer> ended = new LinkedHashSet<>();
        synchronized (this) {
            Iterator<Map.Entry<Integer, Map<Integer, Long>>> rooms =
                    deadlines.entrySet().iterator();
            while (rooms.hasNext()) {
                Map.Entry<Integer, Map<Integer, Long>> room = rooms.next();
                if (room.getValue().values().removeIf(deadline -> deadline <= now)) {
                    ended.add(room.getKey());
                    note(room.getKey());
                }
                if (room.getValue().isEmpty()) {
                    rooms.remove();
                }
            }
        }
        ended.forEach(wakeRoom::accept);
        wakeRoom.flush();
    }

    /// The users typing in `room`, in the order in which they started.
    public synchronized List<Integer> typing(int room) {
        Map<Integer, Long> users = deadlines.get(room);
        return users == null ? List.of() : List.copyOf(users.keySet());
    }

    /// The number of the latest change.
    public synchronized long serial() {
        return serial;
    }

    /// The rooms that changed after `since`, a set of the caller's own. A number from before a
    /// restart, or one that is too far back, answers the rooms in which somebody types now.
    public synchronized Set<Integer> roomsChangedAfter(long since) {
        long oldest = changes.isEmpty() ? serial + 1 : changes.getFirst().serial();
        if (since > serial || since < oldest - 1) {
            return new LinkedHashSet<>(deadlines.keySet());
        }
        Set<Integer> rooms = new LinkedHashSet<>();
        Iterator<Change> latestFirst = changes.descendingIterator();
        while (latestFirst.hasNext()) {
            Change change = latestFirst.next();
            if (change.serial() <= since) {
                break;
            }
            rooms.add(change.room());
        }
        return rooms;
    }

    private void note(int room) {
        if (changes.size() == CHANGES_MAX) {
            changes.removeFirst();
        }
        changes.addLast(new Change(++serial, room));
    }
}
