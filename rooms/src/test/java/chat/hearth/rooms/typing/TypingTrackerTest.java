package chat.hearth.rooms.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TypingTrackerTest {
    private static final int ROOM = 5;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final List<Integer> woken = new ArrayList<>();
    private final TypingTracker tracker =
            new TypingTracker(() -> Instant.ofEpochMilli(now.get()), woken::add);

    @Test
    void showsWhoTypesUntilTheyStop() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        tracker.start(ROOM, 2, TEN_SECONDS);
        assertEquals(List.of(1, 2), tracker.typing(ROOM));
        tracker.stop(ROOM, 1);
        assertEquals(List.of(2), tracker.typing(ROOM));
        assertEquals(List.of(ROOM), woken);
    }

    @Test
    void togglesWakeTheRoomOnceASecondAndTheLastOneArrives() {
        for (int i = 0; i < 22; i++) {
            tracker.start(ROOM, 1, TEN_SECONDS);
            tracker.stop(ROOM, 1);
            now.addAndGet(40);
        }
        tracker.start(ROOM, 1, TEN_SECONDS);
        tracker.expire();
        assertEquals(List.of(ROOM), woken);
        now.addAndGet(120);
        tracker.expire();
        assertEquals(List.of(ROOM, ROOM), woken);
        now.addAndGet(1_000);
        tracker.expire();
        assertEquals(List.of(ROOM, ROOM), woken, "nothing has changed since");
        tracker.stop(ROOM, 1);
        assertEquals(List.of(ROOM, ROOM, ROOM), woken, "after a rest a change is told at once");
    }

    @Test
    void oneRoomDoesNotHoldUpAnother() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        tracker.start(ROOM + 1, 1, TEN_SECONDS);
        assertEquals(List.of(ROOM, ROOM + 1), woken);
    }

    @Test
    void theServerStopsAndEverybodyHearsWhatTheyWaitFor() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        tracker.stop(ROOM, 1);
        tracker.stopAll();
        assertEquals(List.of(ROOM, ROOM), woken);
    }

    @Test
    void beyondTheRoomsThatAreRememberedEachChangeIsTold() {
        for (int room = 1; room <= TypingWakes.ROOMS_MAX; room++) {
            tracker.start(room, 1, TEN_SECONDS);
        }
        woken.clear();
        tracker.start(TypingWakes.ROOMS_MAX + 1, 1, TEN_SECONDS);
        tracker.stop(TypingWakes.ROOMS_MAX + 1, 1);
        assertEquals(2, woken.size());
    }

    @Test
    void goingOnTypingWakesNobodyButLastsLonger() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        now.addAndGet(9_000);
        tracker.start(ROOM, 1, TEN_SECONDS);
        now.addAndGet(9_000);
        tracker.expire();
        assertEquals(List.of(1), tracker.typing(ROOM));
        assertEquals(List.of(ROOM), woken);
    }

    @Test
    void typingEndsByItself() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        long before = tracker.serial();
        now.addAndGet(10_000);
        tracker.expire();
        assertEquals(List.of(), tracker.typing(ROOM));
        assertEquals(Set.of(ROOM), tracker.roomsChangedAfter(before));
    }

    @Test
    void nobodyTypesLongerThanTheLimitAtATime() {
        tracker.start(ROOM, 1, Duration.ofDays(1));
        now.addAndGet(TypingTracker.TIMEOUT_MAX.toMillis());
        tracker.expire();
        assertEquals(List.of(), tracker.typing(ROOM));
    }

    @Test
    void aFullRoomShowsNoMoreTypists() {
        for (int user = 1; user <= TypingTracker.USERS_PER_ROOM_MAX + 10; user++) {
            tracker.start(ROOM, user, TEN_SECONDS);
        }
        assertEquals(TypingTracker.USERS_PER_ROOM_MAX, tracker.typing(ROOM).size());
    }

    @Test
    void aReaderTooFarBehindIsToldOfEveryRoomWhereSomebodyTypes() {
        tracker.start(ROOM, 1, TEN_SECONDS);
        for (int i = 0; i < TypingTracker.CHANGES_MAX; i++) {
            tracker.start(6, 1, TEN_SECONDS);
            tracker.stop(6, 1);
        }
        assertEquals(Set.of(ROOM), tracker.roomsChangedAfter(1));
        assertEquals(Set.of(ROOM), tracker.roomsChangedAfter(Long.MAX_VALUE));
        assertEquals(Set.of(), tracker.roomsChangedAfter(tracker.serial()));
    }
}
