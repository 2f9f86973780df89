package chat.hearth.rooms.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.StoredPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Who is around: users 1 and 2 share room 10; user 3 is in room 30 alone.
final class PresenceTrackerTest {
    private static final int ALICE = 1;
    private static final int BOB = 2;
    private static final int CAROL = 3;
    private static final int PHONE = 7;
    private static final int LAPTOP = 8;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final List<Integer> wokenRooms = new ArrayList<>();
    private final List<Integer> wokenUsers = new ArrayList<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final PresenceTracker tracker =
            new PresenceTracker(
                    () -> Instant.ofEpochMilli(now.get()),
                    user -> user == CAROL ? new int[] {30} : new int[] {10},
                    user -> JsonObject.of("displayname", names.getOrDefault(user, "")),
                    new RememberedPresence(),
                    (rooms, users) -> {
                        wokenRooms.addAll(rooms);
                        wokenUsers.addAll(users);
                    });

    private void pass(Duration time) {
        now.addAndGet(time.toMillis());
        tracker.tick();
    }

    private void synced(int user, int device, PresenceState asked) {
        tracker.synced(user, device, asked, Duration.ZERO);
    }

    private PresenceState state(int user) {
        return tracker.of(user).state();
    }

    private List<Integer> changed(long since, int reader, int room) {
        return tracker.changedAfter(since, reader, new int[] {room}).stream()
                .map(UserPresence::user)
                .toList();
    }

    @Test
    void whoSyncsIsOnlineAndWhoStopsIsOffline() {
        assertEquals(PresenceState.OFFLINE, state(ALICE));
        synced(ALICE, PHONE, PresenceState.ONLINE);
        assertEquals(PresenceState.ONLINE, state(ALICE));
        assertTrue(tracker.of(ALICE).currentlyActive());
        pass(PresenceTracker.GONE);
        assertEquals(PresenceState.OFFLINE, state(ALICE));
    }

    @Test
    void whoSyncsUnseenStaysOffline() {
        synced(ALICE, PHONE, PresenceState.OFFLINE);
        tracker.tick();
        assertEquals(PresenceState.OFFLINE, state(ALICE));
        assertEquals(List.of(), changed(-1, BOB, 10));
    }

    @Test
    void whoDoesNothingBecomesIdleAndWhoDoesSomethingIsBack() {
        synced(ALICE, PHONE, PresenceState.ONLINE);
        int minutes = (int) PresenceTracker.IDLE.toMinutes();
        for (int i = 0; i < minutes; i++) {
            assertEquals(PresenceState.ONLINE, state(ALICE), i + " minutes");
            assertEquals(i == 0, tracker.of(ALICE).currentlyActive(), i + " minutes");
            pass(Duration.ofMinutes(1));
            synced(ALICE, PHONE, PresenceState.ONLINE);
        }
        assertEquals(PresenceState.UNAVAILABLE, state(ALICE));
        Long ago = tracker.of(ALICE).lastActiveAgoMillis();
        assertEquals(PresenceTracker.IDLE.toMillis(), ago);
        tracker.active(ALICE);
        assertEquals(PresenceState.ONLINE, state(ALICE));
        assertEquals(0L, tracker.of(ALICE).lastActiveAgoMillis());
    }

    @Test
    void oneIdleDeviceDoesNotMakeAUserIdleWhoUsesAnother() {
        synced(ALICE, LAPTOP, PresenceState.ONLINE);
        synced(ALICE, PHONE, PresenceState.UNAVAILABLE);
        assertEquals(PresenceState.ONLINE, state(ALICE));
        synced(ALICE, LAPTOP, PresenceState.UNAVAILABLE);
        assertEquals(PresenceState.UNAVAILABLE, state(ALICE));
        synced(ALICE, LAPTOP, PresenceState.ONLINE);
        assertEquals(PresenceState.ONLINE, state(ALICE));
    }

    @Test
    void whatAUserSaysHolds() {
        tracker.set(ALICE, PresenceState.UNAVAILABLE, "lunch");
        synced(ALICE, PHONE, PresenceState.ONLINE);
        assertEquals(PresenceState.UNAVAILABLE, state(ALICE));
        assertEquals("lunch", tracker.of(ALICE).statusMessage());
        assertFalse(tracker.of(ALICE).toJson().has("currently_active"));
        tracker.set(ALICE, PresenceState.ONLINE, null);
        assertEquals(
                "{\"presence\":\"online\",\"last_active_ago\":0,\"currently_active\":true}",
                tracker.of(ALICE).toJson().toString());
    }

    @Test
    void toSayWhatOneIsIsADeed() {
        tracker.set(ALICE, PresenceState.ONLINE, null);
        for (PresenceState said : PresenceState.values()) {
            pass(Duration.ofSeconds(30));
            tracker.set(ALICE, said, null);
            assertEquals(0L, tracker.of(ALICE).lastActiveAgoMillis(), said.toString());
        }
    }

    @Test
    void whoWaitsForNewsIsThereUntilTheWaitIsOver() {
        Duration wait = Duration.ofMinutes(5);
        tracker.synced(ALICE, PHONE, PresenceState.ONLINE, wait);
        pass(wait.minusSeconds(1));
        assertEquals(PresenceState.ONLINE, state(ALICE));
        pass(PresenceTracker.GONE);
        assertEquals(PresenceState.UNAVAILABLE, state(ALICE));
        pass(Duration.ofSeconds(1));
        assertEquals(PresenceState.OFFLINE, state(ALICE));
    }

    @Test
    void onlyThoseInARoomWithTheUserHear() {
        tracker.set(ALICE, PresenceState.ONLINE, null);
        tracker.set(CAROL, PresenceState.ONLINE, null);
        tracker.tick();
        assertEquals(List.of(ALICE), changed(-1, BOB, 10));
        assertEquals(List.of(CAROL), changed(-1, CAROL, 99));
        assertEquals(List.of(10, 30), wokenRooms);
        assertEquals(List.of(ALICE, CAROL), wokenUsers);
    }

    @Test
    void changesOfASecondAreToldOnce() {
        long since = tracker.serial();
        tracker.set(ALICE, PresenceState.ONLINE, "a");
        tracker.set(ALICE, PresenceState.UNAVAILABLE, "b");
        tracker.set(ALICE, PresenceState.ONLINE, "c");
        assertEquals(List.of(), changed(since, BOB, 10));
        tracker.tick();
        assertEquals(List.of(ALICE), changed(since, BOB, 10));
        assertEquals(List.of(), changed(tracker.serial(), BOB, 10));
        wokenRooms.clear();
        tracker.set(ALICE, PresenceState.ONLINE, "c");
        tracker.tick();
        assertEquals(List.of(), wokenRooms, "the same again is no news");
    }

    @Test
    void aReaderHearsEachChangeSinceTheLastAnswer() {
        tracker.set(ALICE, PresenceState.ONLINE, null);
        tracker.tick();
        long since = tracker.serial();
        tracker.set(BOB, PresenceState.ONLINE, null);
        tracker.tick();
        tracker.set(ALICE, PresenceState.OFFLINE, null);
        tracker.set(CAROL, PresenceState.ONLINE, null);
        assertEquals(List.of(BOB), changed(since, BOB, 10), "Carol is not told of yet");
        tracker.tick();
        assertEquals(List.of(ALICE, BOB), changed(since, BOB, 10));
        assertEquals(
                List.of(BOB), changed(-1, BOB, 10), "who comes anew need not hear of the gone");
    }

    private static String name(UserPresence presence) {
        return presence.content().string("displayname").orElseThrow();
    }

    @Test
    void presenceIsToldWithTheNameAndAgainWhenThatChanges() {
        names.put(ALICE, "Alice");
        tracker.set(ALICE, PresenceState.ONLINE, null);
        tracker.tick();
        long before = tracker.serial();
        names.put(ALICE, "Alice L.");
        assertEquals("Alice", name(tracker.changedAfter(-1, BOB, new int[] {10, 30}).getFirst()));

        names.put(BOB, "Bob");

        tracker.profileChanged(ALICE);
        tracker.profileChanged(BOB);
        tracker.tick();

        List<UserPresence> changed = tracker.changedAfter(before, BOB, new int[] {10, 30});
        assertEquals(List.of("Bob", "Alice L."), changed.stream().map(each -> name(each)).toList());
        assertEquals(PresenceState.OFFLINE, changed.getFirst().state(), "and was never there");
        assertFalse(tracker.of(ALICE).toJson().has("displayname"), "the status has none");
    }

    @Test
    void aNumberFromBeforeARestartIsAnOldOne() {
        tracker.set(ALICE, PresenceState.ONLINE, null);
        tracker.tick();
        long before = tracker.serial();
        now.addAndGet(60_000);
        var restarted =
                new PresenceTracker(
                        () -> Instant.ofEpochMilli(now.get()),
                        _ -> new int[] {10},
                        _ -> JsonObject.EMPTY,
                        new RememberedPresence(),
                        (_, _) -> {});
        restarted.set(BOB, PresenceState.ONLINE, null);
        restarted.tick();
        assertEquals(1, restarted.changedAfter(before, ALICE, new int[] {10}).size());
    }

    @Test
    void soManyUsersAreToldInOneTickAndTheOthersInTheNext() {
        for (int user = 1; user <= PresenceTracker.TOLD_MAX + 10; user++) {
            tracker.set(user, PresenceState.ONLINE, null);
        }
        tracker.tick();
        assertEquals(PresenceTracker.TOLD_MAX, wokenUsers.size());
        tracker.tick();
        assertEquals(PresenceTracker.TOLD_MAX + 10, wokenUsers.size());
    }

    @Test
    void whoCouldNotBeToldIsToldLater() {
        var broken = new AtomicBoolean(true);
        var told =
                new PresenceTracker(
                        () -> Instant.ofEpochMilli(now.get()),
                        user -> {
                            if (user == BOB && broken.get()) {
                                throw new IllegalStateException("There is no database");
                            }
                            return new int[] {10};
                        },
                        _ -> JsonObject.EMPTY,
                        new RememberedPresence(),
                        (_, users) -> wokenUsers.addAll(users));
        long since = told.serial();
        List<Integer> all = List.of(ALICE, BOB, CAROL);
        all.forEach(user -> told.set(user, PresenceState.ONLINE, null));
        assertThrows(IllegalStateException.class, told::tick);
        assertEquals(List.of(ALICE), wokenUsers);
        broken.set(false);

        told.tick();

        assertEquals(all, wokenUsers);
        assertEquals(3, told.changedAfter(since, ALICE, new int[] {10}).size());
    }

    @Test
    void aTickThatComesDuringAnotherReturnsWhenBothHaveTold() throws InterruptedException {
        var writing = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        var slow =
                new PresenceTracker(
                        () -> Instant.ofEpochMilli(now.get()),
                        _ -> new int[] {10},
                        _ -> JsonObject.EMPTY,
                        new RememberedPresence() {
                            @Override
                            public void keep(List<StoredPresence> told) {
                                writing.countDown();
                                awaitOf(written);
                                super.keep(told);
                            }
                        },
                        (_, _) -> {});
        slow.set(ALICE, PresenceState.ONLINE, null);
        long since = slow.serial();
        Thread first = Thread.ofPlatform().start(slow::tick);
        awaitOf(writing);
        var heard = new AtomicInteger();
        Thread second =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    slow.tick();
                                    heard.set(slow.changedAfter(since, BOB, new int[] {10}).size());
                                });
        while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
        }
        written.countDown();
        first.join();
        second.join();

        assertEquals(1, heard.get());
    }

    private static void awaitOf(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts a test", e);
        }
    }
}
