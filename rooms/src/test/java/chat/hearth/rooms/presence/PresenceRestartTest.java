package chat.hearth.rooms.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.StoredPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What was told of users' presence is true after a restart, or is taken back. All are in one room.
final class PresenceRestartTest {
    private static final int ALICE = 1;
    private static final int BOB = 2;
    private static final int READER = 9;
    private static final int PHONE = 7;
    private static final int[] ROOM = {10};

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final RememberedPresence record = new RememberedPresence();
    private final List<Integer> told = new ArrayList<>();

    private PresenceTracker start() {
        return start(record);
    }

    private PresenceTracker start(PresenceRecord kept) {
        var tracker =
                new PresenceTracker(
                        () -> Instant.ofEpochMilli(now.get()),
                        _ -> ROOM,
                        _ -> JsonObject.EMPTY,
                        kept,
                        (_, users) -> told.addAll(users));
        tracker.restore();
        return tracker;
    }

    private void pass(PresenceTracker tracker, Duration time) {
        now.addAndGet(time.toMillis());
        tracker.tick();
    }

    private static List<String> heard(PresenceTracker tracker, long since) {
        return tracker.changedAfter(since, READER, ROOM).stream()
                .map(each -> each.user() + " " + each.state().wireName())
                .sorted()
                .toList();
    }

    @Test
    void whoDoesNotComeBackIsToldOffline() {
        PresenceTracker first = start();
        first.synced(ALICE, PHONE, PresenceState.ONLINE, Duration.ZERO);
        first.synced(BOB, PHONE, PresenceState.ONLINE, Duration.ZERO);
        first.tick();
        now.addAndGet(PresenceTracker.GONE.toMillis());

        PresenceTracker second = start();
        second.synced(BOB, PHONE, PresenceState.ONLINE, Duration.ofMinutes(5));
        second.tick();
        assertEquals(List.of("1 online", "2 online"), heard(second, 0));
        long seen = second.serial();
        pass(second, PresenceTracker.RETURN);

        assertEquals(List.of("1 offline"), heard(second, seen));
        assertEquals(List.of("1 offline", "2 online"), heard(second, 0), "by an older token");
        assertEquals(List.of("2 online"), heard(second, -1), "by none");
    }

    @Test
    void whoWentBeforeARestartIsToldOnceMore() {
        PresenceTracker first = start();
        first.synced(ALICE, PHONE, PresenceState.ONLINE, Duration.ZERO);
        first.tick();
        pass(first, PresenceTracker.GONE);

        PresenceTracker second = start();
        second.tick();

        assertEquals(List.of("1 offline"), heard(second, 0));
        assertEquals(List.of(), heard(second, -1));
    }

    @Test
    void soManyOfThoseWhoWentAreToldOnceMore() {
        PresenceTracker first = start();
        int users = PresenceTracker.TOLD_AGAIN_MAX + 10;
        for (int user = 100; user < 100 + users; user++) {
            first.set(user, PresenceState.OFFLINE, "away");
        }
        tickOften(first);
        told.clear();

        tickOften(start());

        assertEquals(PresenceTracker.TOLD_AGAIN_MAX, told.size());
    }

    private static void tickOften(PresenceTracker tracker) {
        for (int i = 0; i < 5; i++) {
            tracker.tick();
        }
    }

    @Test
    void statusMessagesStay() {
        start().set(ALICE, PresenceState.ONLINE, "never told");
        PresenceTracker first = start();
        first.set(ALICE, PresenceState.ONLINE, "at the hearth");
        first.tick();

        assertEquals("at the hearth", start().of(ALICE).statusMessage());
    }

    @Test
    void nothingIsToldBeforeItIsKept() {
        PresenceTracker tracker =
                start(
                        new PresenceRecord() {
                            @Override
                            public List<StoredPresence> latest(int max) {
                                return List.of();
                            }

                            @Override
                            public void keep(List<StoredPresence> unkept) {
                                throw new IllegalStateException("There is no database");
                            }
                        });
        tracker.set(ALICE, PresenceState.ONLINE, null);

        assertThrows(IllegalStateException.class, tracker::tick);

        assertEquals(List.of(), heard(tracker, -1));
        assertEquals(List.of(), told);
    }

    @Test
    void onlyComingGoingAndMessagesAreKept() {
        PresenceTracker tracker = start();
        tracker.synced(ALICE, PHONE, PresenceState.ONLINE, Duration.ofMinutes(30));
        tracker.tick();
        assertEquals(1, record.writes());

        pass(tracker, PresenceTracker.ACTIVE);
        tracker.active(ALICE);
        tracker.tick();

        assertEquals(List.of(ALICE, ALICE, ALICE), told, "active, not any more, again");
        assertEquals(1, record.writes());
    }

    @Test
    void whoMovesIsToldToThoseWhoAreThere() {
        PresenceTracker tracker = start();
        tracker.synced(ALICE, PHONE, PresenceState.ONLINE, Duration.ZERO);
        tracker.tick();
        long seen = tracker.serial();

        tracker.moved(ALICE);
        tracker.moved(BOB);
        tracker.tick();

        assertEquals(List.of("1 online"), heard(tracker, seen), "Bob is not known");
    }
}
