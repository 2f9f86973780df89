package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.storage.Direction;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.TimelinePoint;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// What is read for many rooms at once is what is read room by room.
abstract class ManyRoomsContract extends OnOneDatabase {
    private static final long SEED = 20_261_123;
    private static final int ROOMS = 7;
    private static final int EVENTS = 300;
    private static final int USERS = 9;
    private static final int ALL = 1_000;
    private static final String READ = "m.read";

    private final Random random = new Random(SEED);
    private final List<Integer> rooms = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    @BeforeAll
    void fillRooms() {
        open.write(
                tx -> {
                    for (int n = 0; n <= ROOMS; n++) {
                        RoomId id = new RoomId("!many" + n + ":example.org");
                        rooms.add(stores.rooms().create(tx, id, RoomVersion.V11, n));
                    }
                    for (int n = 0; n < EVENTS; n++) {
                        // The last room stays empty.
                        fill(tx, rooms.get(random.nextInt(ROOMS)), n);
                    }
                    return 0;
                });
    }

    private void fill(WriteTransaction tx, int room, int n) {
        long position = tx.nextPosition();
        stores.events().append(tx, StoredEvents.message(position, room, "$many" + n));
        positions.add(position);
        int user = 1 + random.nextInt(USERS);
        if (random.nextBoolean()) {
            stores.highlights().add(tx, new Highlight(user, room, position, 0));
        }
        if (random.nextBoolean()) {
            String type = random.nextBoolean() ? READ : "m.read.private";
            long moved = tx.nextPosition();
            stores.receipts().put(tx, new Receipt(room, user, type, "", position, n, moved));
        }
        Membership[] all = Membership.values();
        Membership membership = all[random.nextInt(all.length)];
        stores.memberships()
                .put(tx, new StoredMembership(room, user, membership, position, user, false, null));
        long parent = versions.isEmpty() ? 0 : versions.get(random.nextInt(versions.size()));
        versions.add(stores.states().add(tx, room, parent, StateEntries.of(1 + n % 20, position)));
    }

    @RepeatedTest(20)
    void timelines() {
        int[] some = someRooms();
        long after = somePosition();
        long upTo = somePosition();
        int limit = 1 + random.nextInt(40);
        assertEquals(
                timelines(some, room -> latest(room, after, upTo, limit)),
                ids(stores.timelines().latest(some, after, upTo, limit)),
                () -> "seed " + SEED);
        assertEquals(
                timelines(some, room -> latest(room, 0, Long.MAX_VALUE, limit)),
                ids(stores.timelines().latest(some, 0, Long.MAX_VALUE, limit)));
        assertArrayEquals(
                Arrays.stream(some)
                        .filter(room -> !latest(room, after, upTo, 1).isEmpty())
                        .sorted()
                        .toArray(),
                stores.timelines().active(some, after, upTo));
    }

    @RepeatedTest(20)
    void latestPositions() {
        int[] some = someRooms();
        int limit = 1 + random.nextInt(40);
        Map<Integer, long[]> found = stores.timelines().latestPositions(some, limit);
        for (int room : some) {
            assertArrayEquals(
                    latest(room, 0, Long.MAX_VALUE, limit).reversed().stream()
                            .mapToLong(StoredEvent::position)
                            .toArray(),
                    found.getOrDefault(room, new long[0]),
                    () -> "seed " + SEED);
        }
    }

    @RepeatedTest(20)
    void positionsAfterAnEventOfEachRoom() {
        int[] some = roomsWithEvents();
        long upTo = somePosition();
        int limit = 1 + random.nextInt(40);
        Map<Integer, Long> marks = new HashMap<>();
        for (int room : some) {
            List<StoredEvent> events = latest(room, 0, Long.MAX_VALUE, ALL);
            marks.put(room, events.get(random.nextInt(events.size())).position());
        }
        Map<Integer, long[]> found =
                stores.unread()
                        .latestAfter(
                                marks.values().stream().mapToLong(p -> p).toArray(), upTo, limit);
        for (int room : some) {
            assertArrayEquals(
                    latest(room, marks.getOrDefault(room, 0L), upTo, limit).reversed().stream()
                            .mapToLong(StoredEvent::position)
                            .toArray(),
                    found.getOrDefault(room, new long[0]),
                    () -> "seed " + SEED);
        }
    }

    @RepeatedTest(20)
    void pointsOfTimelines() {
        int[] some = someRooms();
        long position = somePosition();
        assertEquals(
                points(some, room -> stores.events().lastPoint(room, position)),
                stores.timelines().lastPoints(some, position));
        assertEquals(
                points(some, room -> next(room, position)),
                stores.timelines().nextPoints(some, position));
    }

    @RepeatedTest(20)
    void receipts() {
        int[] some = someRooms();
        int user = 1 + random.nextInt(USERS);
        long after = somePosition();
        long upTo = somePosition();
        assertEquals(
                each(some, room -> stores.receipts().ofUser(room, user, ALL)),
                stores.receipts().ofUser(some, user, ALL));
        assertEquals(
                each(some, room -> changedFor(new int[] {room}, user, after, upTo)),
                changedFor(some, user, after, upTo));
        assertArrayEquals(
                Arrays.stream(some)
                        .filter(room -> !changedFor(new int[] {room}, user, after, upTo).isEmpty())
                        .sorted()
                        .toArray(),
                stores.receipts().active(some, user, READ, after, upTo));
    }

    @RepeatedTest(5)
    void membersInPages() {
        int[] some = someRooms();
        List<StoredMembership> found = new ArrayList<>();
        List<StoredMembership> page = stores.memberships().ofRooms(some, null, 4);
        while (!page.isEmpty()) {
            found.addAll(page);
            page = stores.memberships().ofRooms(some, page.getLast(), 4);
        }
        var byUser =
                Comparator.comparingInt(StoredMembership::room)
                        .thenComparingInt(StoredMembership::user);
        found.sort(byUser);
        assertEquals(each(some, this::members), found);
    }

    private List<StoredMembership> members(int room) {
        return IntStream.rangeClosed(1, USERS)
                .mapToObj(user -> stores.memberships().find(room, user))
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void countsOfMembers() {
        int[] some = someRooms();
        Map<Integer, Integer> expected = new HashMap<>();
        for (int room : some) {
            members(room).stream()
                    .filter(member -> member.state() == Membership.JOIN)
                    .forEach(_ -> expected.merge(room, 1, Integer::sum));
        }
        assertEquals(expected, stores.memberships().joined(some));
        assertEquals(Map.of(), stores.memberships().joined(new int[0]));
    }

    @Test
    void theJoinedMembersOfARoomAreCountedWhateverTheyWereBefore() {
        RoomId id = new RoomId("!counted:example.org");
        int room = open.write(tx -> stores.rooms().create(tx, id, RoomVersion.V11, 1));
        List<Membership> steps = new ArrayList<>(List.of(Membership.values()));
        for (int step = 0; step < 4 * steps.size(); step++) {
            Membership membership = steps.get(random.nextInt(steps.size()));
            open.write(
                    tx -> {
                        put(tx, room, 1, membership);
                        put(tx, room, 2, Membership.JOIN);
                        return 0;
                    });
            int joined = membership == Membership.JOIN ? 2 : 1;
            int[] asked = {room, Integer.MAX_VALUE};
            assertEquals(Map.of(room, joined), stores.memberships().joined(asked), "seed " + SEED);
        }
    }

    private void put(WriteTransaction tx, int room, int user, Membership membership) {
        stores.memberships()
                .put(tx, new StoredMembership(room, user, membership, 1, user, false, null));
    }

    @Test
    void roomsByNumber() {
        int[] some = someRooms();
        List<StoredRoom> found = new ArrayList<>(stores.rooms().find(some));
        found.sort(Comparator.comparingInt(StoredRoom::room));
        assertEquals(
                Arrays.stream(some)
                        .sorted()
                        .mapToObj(room -> stores.rooms().find(room).orElseThrow())
                        .toList(),
                found);
    }

    @Test
    void stateVersions() {
        long[] some = versions.stream().filter(v -> v % 3 != 0).mapToLong(v -> v).toArray();
        Map<Long, StateEntries> expected = new HashMap<>();
        for (long version : some) {
            expected.put(version, stores.states().load(version));
        }
        assertEquals(expected, stores.states().load(some));
        assertEquals(Map.of(), stores.states().load(new long[] {0}));
        long none = Collections.max(versions) + 1;
        assertThrows(
                StorageException.class,
                () -> stores.states().load(new long[] {versions.getFirst(), none}));
    }

    @Test
    void placesInStateVersions() {
        long[] some = versions.stream().filter(v -> v % 3 != 0).mapToLong(v -> v).toArray();
        int[] places = {20, 1, 0};
        Map<Long, long[]> found = stores.states().positions(some, places);
        assertEquals(some.length, found.size());
        found.forEach(
                (version, positions) ->
                        assertArrayEquals(
                                IntStream.of(places)
                                        .mapToLong(at -> stores.states().position(version, at))
                                        .toArray(),
                                positions));
        assertTrue(found.values().stream().flatMapToLong(Arrays::stream).anyMatch(at -> at != 0));
        long none = Collections.max(versions) + 1;
        assertThrows(
                StorageException.class,
                () -> stores.states().positions(new long[] {versions.getFirst(), none}, 1));
        assertEquals(Map.of(), stores.states().positions(new long[] {0}, 1));
    }

    @Test
    void highlights() {
        for (int user = 1; user <= USERS; user++) {
            int reader = user;
            assertEquals(
                    rooms.stream()
                            .flatMap(room -> stores.highlights().of(reader, room, 0, ALL).stream())
                            .map(Highlight::position)
                            .collect(Collectors.toSet()),
                    stores.highlights()
                            .among(user, positions.stream().mapToLong(p -> p).toArray()));
        }
    }

    @Test
    void nothingOfNoRooms() {
        int[] none = {};
        long[] nowhere = {};
        assertEquals(Map.of(), stores.timelines().latest(none, 0, ALL, ALL));
        assertEquals(Map.of(), stores.timelines().latestPositions(new int[0], ALL));
        assertEquals(Map.of(), stores.unread().latestAfter(nowhere, ALL, ALL));
        assertEquals(Map.of(), stores.unread().since(nowhere, 1, ALL));
        assertEquals(Map.of(), stores.timelines().lastPoints(none, ALL));
        assertEquals(0, stores.timelines().active(none, 0, ALL).length);
        assertEquals(List.of(), stores.receipts().ofUser(none, 1, ALL));
        assertEquals(List.of(), stores.receipts().changedFor(none, 1, READ, 0, ALL, ALL));
        assertEquals(0, stores.receipts().active(none, 1, READ, 0, ALL).length);
        assertEquals(List.of(), stores.memberships().ofRooms(none, null, ALL));
        assertEquals(List.of(), stores.rooms().find(none));
        assertEquals(Map.of(), stores.states().load(nowhere));
        assertEquals(Set.of(), stores.highlights().among(1, nowhere));
    }

    private List<Receipt> changedFor(int[] some, int user, long after, long upTo) {
        return stores.receipts().changedFor(some, user, READ, after, upTo, ALL);
    }

    private List<StoredEvent> latest(int room, long after, long upTo, int limit) {
        return stores.events()
                .timeline(new TimelineQuery(room, after, upTo, Direction.BACKWARD, limit));
    }

    private Optional<TimelinePoint> next(int room, long after) {
        return stores
                .events()
                .timeline(new TimelineQuery(room, after, Long.MAX_VALUE, Direction.FORWARD, 1))
                .stream()
                .map(
                        event ->
                                new TimelinePoint(
                                        event.position(),
                                        event.depth(),
                                        event.notifyIndex(),
                                        event.stateBefore()))
                .findFirst();
    }

    private static Map<Integer, List<Object>> timelines(
            int[] some, IntFunction<List<StoredEvent>> timeline) {
        Map<Integer, List<StoredEvent>> timelines = new TreeMap<>();
        for (int room : some) {
            List<StoredEvent> events = timeline.apply(room);
            if (!events.isEmpty()) {
                timelines.put(room, events);
            }
        }
        return ids(timelines);
    }

    private static Map<Integer, List<Object>> ids(Map<Integer, List<StoredEvent>> timelines) {
        Map<Integer, List<Object>> ids = new TreeMap<>();
        timelines.forEach(
                (room, events) ->
                        ids.put(
                                room,
                                events.stream()
                                        .map(event -> (Object) StoredEvents.facts(event))
                                        .toList()));
        return ids;
    }

    private static Map<Integer, TimelinePoint> points(
            int[] some, IntFunction<Optional<TimelinePoint>> point) {
        Map<Integer, TimelinePoint> points = new HashMap<>();
        for (int room : some) {
            point.apply(room).ifPresent(found -> points.put(room, found));
        }
        return points;
    }

    private static <T> List<T> each(int[] some, IntFunction<List<T>> ofRoom) {
        return Arrays.stream(some).sorted().mapToObj(ofRoom).flatMap(List::stream).toList();
    }

    private int[] roomsWithEvents() {
        return Arrays.stream(someRooms()).filter(room -> room != rooms.getLast()).toArray();
    }

    private int[] someRooms() {
        List<Integer> some = new ArrayList<>(rooms);
        Collections.shuffle(some, random);
        return IntStream.range(0, 1 + random.nextInt(some.size())).map(some::get).toArray();
    }

    private long somePosition() {
        return positions.get(random.nextInt(positions.size()));
    }
}
