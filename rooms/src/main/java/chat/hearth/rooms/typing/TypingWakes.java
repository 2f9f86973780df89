package chat.hearth.rooms.typing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/// Wakes a room's readers for typing at most once per [#INTERVAL], however often it changes: a
/// change wakes at once after a rest, else when the interval is over. So the last change always
/// arrives. Safe for use by several threads.
final class TypingWakes implements IntConsumer {
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /// So many rooms rest at a time; further ones are woken at once.
    static final int ROOMS_MAX = 10_000;

    private final InstantSource clock;
    private final IntConsumer wakeRoom;

    /// When each room was woken within the last interval, in milliseconds since the epoch.
    private final Map<Integer, Long> rested = new HashMap<>();

    private final Set<Integer> waiting = new HashSet<>();

    /// Wakes nobody yet.
    ///
    /// @param wakeRoom wakes the readers of a room
    TypingWakes(InstantSource clock, IntConsumer wakeRoom) {
        this.clock = clock;
        this.wakeRoom = wakeRoom;
    }

    /// Wakes the readers of `room`, now or when it has rested.
    @Override
    public void accept(int room) {
        if (isDue(room)) {
            wakeRoom.accept(room);
        }
    }

    /// Wakes the readers of those rooms that have rested. Run it every second or so.
    void flush() {
        due(false).forEach(wakeRoom::accept);
    }

    /// Wakes all who still wait to be woken, as when the server stops.
    void flushAll() {
        due(true).forEach(wakeRoom::accept);
    }

    private synchronized boolean isDue(int room) {
        long now = clock.millis();
        Long last = rested.get(room);
        if (last != null && now - last < INTERVAL.toMillis()) {
            waiting.add(room);
            return false;
        }
        if (last != null || rested.size() < ROOMS_MAX) {
            rested.put(room, now);
        }
        return true;
    }

    private synchronized List<Integer> due(boolean all) {
        long now = clock.millis();
        rested.values().removeIf(last -> now - last >= INTERVAL.toMillis());
        List<Integer> due =
                waiting.stream().filter(room -> all || !rested.containsKey(room)).toList();
        due.forEach(waiting::remove);
        due.forEach(room -> rested.put(room, now));
        return due;
    }
}
