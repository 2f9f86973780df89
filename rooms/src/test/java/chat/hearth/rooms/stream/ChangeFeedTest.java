package chat.hearth.rooms.stream;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.rooms.stream.FeedSpan.Known;
import chat.hearth.rooms.stream.FeedSpan.RoomChange;
import chat.hearth.storage.Change;
import chat.hearth.storage.Change.Kind;
import chat.hearth.storage.VitalWork;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChangeFeedTest {
    private static final int ALICE = 1;
    private static final int BOB = 2;
    private static final Map<Integer, int[]> ROOMS =
            Map.of(ALICE, new int[] {10, 20}, BOB, new int[] {20});

    private final ChangeFeed feed = new ChangeFeed(100, this::joinedRooms, new VitalWork(_ -> {}));

    /// What happens, once, before a user's rooms are read.
    private Runnable beforeRooms = () -> {};

    private int[] joinedRooms(int user) {
        Runnable once = beforeRooms;
        beforeRooms = () -> {};
        once.run();
        return ROOMS.getOrDefault(user, new int[0]);
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    private static Change change(long position, Kind kind, int room, int user) {
        return new Change(position, kind, room, user);
    }

    private List<RoomChange> rooms(UserFeed of, long since) throws InterruptedException {
        return assertInstanceOf(Known.class, of.changes(since, feed.settledPosition())).rooms();
    }

    @Test
    void anEventReachesTheActiveMembersOfItsRoomAndNobodyElse() throws InterruptedException {
        UserFeed alice = feed.subscribe(ALICE);
        UserFeed bob = feed.subscribe(BOB);

        feed.committed(List.of(change(101, Kind.EVENT, 10, 0), change(102, Kind.EVENT, 20, 0)));

        assertEquals(2, rooms(alice, 100).size());
        assertEquals(List.of(new RoomChange(20, ChangeKind.EVENT)), rooms(bob, 100));
    }

    @Test
    void aMembershipReachesItsTargetWhoThenHearsTheRoom() throws InterruptedException {
        UserFeed bob = feed.subscribe(BOB);

        feed.committed(List.of(change(101, Kind.EVENT, 10, BOB)));
        feed.committed(List.of(change(102, Kind.EVENT, 10, 0)));

        assertEquals(
                List.of(new RoomChange(10, ChangeKind.EVENT | ChangeKind.MEMBERSHIP)),
                rooms(bob, 100));
        assertEquals(List.of(new RoomChange(10, ChangeKind.EVENT)), rooms(bob, 101));
    }

    @Test
    void accountDataReachesItsOwnerOnly() throws InterruptedException {
        UserFeed alice = feed.subscribe(ALICE);
        UserFeed bob = feed.subscribe(BOB);

        feed.committed(List.of(change(101, Kind.ACCOUNT_DATA, 20, ALICE)));

        assertEquals(List.of(new RoomChange(20, ChangeKind.ACCOUNT_DATA)), rooms(alice, 100));
        assertEquals(List.of(), rooms(bob, 100));
    }

    @Test
    void whoWakesFindsThePositionMoved() throws InterruptedException {
        UserFeed alice = feed.subscribe(ALICE);
        long seen = alice.generation(true);

        feed.committed(List.of(change(101, Kind.EVENT, 10, 0)));

        assertTrue(alice.awaitChange(seen, true, Duration.ofSeconds(30)));
        assertEquals(101, feed.position());
    }

    @Test
    void theSettledPositionTakesInEverythingThatWasCommittedBefore() throws InterruptedException {
        for (int position = 101; position <= 1_000; position++) {
            feed.committed(List.of(change(position, Kind.EVENT, 10, 0)));
            assertTrue(feed.settledPosition() >= position);
        }
    }

    @Test
    void closingAnnouncesWhatWasHandedOver() {
        for (int position = 101; position <= 1_100; position++) {
            feed.committed(List.of(change(position, Kind.EVENT, 10, 0)));
        }
        feed.close();
        assertEquals(1_100, feed.position());
    }

    @Test
    void aClosedFeedNeitherAnnouncesNorHoldsUpWhoWritesOrWaits() throws InterruptedException {
        feed.close();
        for (int position = 101; position <= 1_200; position++) {
            feed.committed(List.of(change(position, Kind.EVENT, 10, 0)));
        }
        assertEquals(100, feed.settledPosition());
    }

    @Test
    void anInterruptedWriterHandsItsNewsOverAllTheSame() throws InterruptedException {
        Thread.currentThread().interrupt();
        feed.committed(List.of(change(101, Kind.EVENT, 10, 0)));
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        assertEquals(101, feed.settledPosition());
    }

    @Test
    void anAnnouncerThatMeetsAnErrorEndsTheServerAndHoldsUpNobody() throws InterruptedException {
        var reason = new AtomicReference<@Nullable String>();
        var broken = new ChangeFeed(100, this::joinedRooms, new VitalWork(reason::set));
        broken.committed(
                new AbstractList<>() {
                    @Override
                    public Change get(int index) {
                        if (Thread.currentThread().getName().equals("hearth-announcer")) {
                            throw new AssertionError("impossible");
                        }
                        return change(101, Kind.EVENT, 10, 0);
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                });
        assertEquals(100, broken.settledPosition());
        broken.close();
        assertEquals("The announcer failed", reason.get());
    }

    @Test
    void afterAGapReadersGoToTheStore() throws InterruptedException {
        UserFeed alice = feed.subscribe(ALICE);
        feed.skipped(105);

        assertEquals(105, feed.settledPosition());
        assertInstanceOf(FeedSpan.Unknown.class, alice.changes(100, 105));
        assertInstanceOf(Known.class, alice.changes(105, 105));
    }

    @Test
    void whoWasIdleAndComesBackMissesNothing() throws Exception {
        long at = 100;
        for (int round = 0; round < 3_000; round++) {
            var _ = feed.subscribe(ALICE);
            Thread chore =
                    Thread.ofPlatform().start(() -> feed.forgetIdleSince(Long.MAX_VALUE / 2));
            UserFeed back = feed.subscribe(ALICE);
            long since = feed.settledPosition();
            chore.join();

            at++;
            feed.committed(List.of(change(at, Kind.EVENT, 10, 0)));
            feed.settledPosition();

            switch (back.changes(since, at)) {
                case Known(var rooms, _) ->
                        assertEquals(List.of(new RoomChange(10, ChangeKind.EVENT)), rooms);
                case FeedSpan.Unknown _ -> {}
            }
        }
    }

    @Test
    void aFeedWhoseRoomsCouldNotBeReadIsMadeAnew() throws InterruptedException {
        var second = new AtomicReference<@Nullable UserFeed>();
        beforeRooms =
                () -> {
                    second.set(feed.subscribe(ALICE));
                    throw new IllegalStateException("the database is away");
                };
        assertThrows(IllegalStateException.class, () -> feed.subscribe(ALICE));
        assertEquals(0, feed.activeUsers());
        UserFeed deaf = requireNonNull(second.get());
        assertFalse(
                deaf.awaitChange(deaf.generation(true), true, Duration.ofSeconds(20)),
                "nobody waits");

        UserFeed alice = feed.subscribe(ALICE);
        feed.committed(List.of(change(101, Kind.EVENT, 10, 0)));
        assertEquals(List.of(new RoomChange(10, ChangeKind.EVENT)), rooms(alice, 100));
    }

    @Test
    void whoWaitsOnAFeedWhoseRoomsAreStillBeingReadLooksAgain() throws InterruptedException {
        var second = new AtomicReference<@Nullable UserFeed>();
        var seen = new AtomicLong();
        beforeRooms =
                () -> {
                    UserFeed same = feed.subscribe(ALICE);
                    second.set(same);
                    seen.set(same.generation(true));
                    feed.committed(List.of(change(101, Kind.EVENT, 10, 0)));
                    settle();
                };
        UserFeed first = feed.subscribe(ALICE);
        assertSame(first, second.get());
        assertTrue(first.awaitChange(seen.get(), true, Duration.ZERO));
    }

    private void settle() {
        try {
            feed.settledPosition();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingEndsAllWaitingAlsoOfThoseWhoComeLater() throws InterruptedException {
        UserFeed alice = feed.subscribe(ALICE);
        feed.endWaiting();
        UserFeed bob = feed.subscribe(BOB);

        for (UserFeed one : List.of(alice, bob)) {
            long start = System.nanoTime();
            one.awaitChange(one.generation(true), true, Duration.ofMinutes(5));
            assertTrue(System.nanoTime() - start < Duration.ofMinutes(1).toNanos());
        }
    }
}
