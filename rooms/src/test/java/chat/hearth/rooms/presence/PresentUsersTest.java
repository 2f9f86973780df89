package chat.hearth.rooms.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whom a reader sees who comes anew, held against a look at all users one by one.
final class PresentUsersTest {
    private static final int STEPS = 500;
    private static final int USERS = 20;
    private static final int ROOMS = 10;
    private static final List<PresenceState> STATES = List.of(PresenceState.values());

    private final Map<Integer, int[]> rooms = new HashMap<>();
    private final PresenceTracker tracker =
            new PresenceTracker(
                    () -> Instant.ofEpochMilli(1_800_000_000_000L),
                    user -> rooms.getOrDefault(user, new int[0]),
                    _ -> JsonObject.EMPTY,
                    new RememberedPresence(),
                    (_, _) -> {});

    @Test
    void allWhoAreAroundInSharedRoomsAreSeenThoseToldLastFirst() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var latestFirst = new ArrayDeque<Integer>();
        for (int step = 0; step < STEPS; step++) {
            Integer user = 1 + random.nextInt(USERS);
            rooms.put(user, someRooms(random));
            PresenceState state = STATES.get(random.nextInt(STATES.size()));
            tracker.set(user, state, "step " + step);
            tracker.tick();
            latestFirst.remove(user);
            latestFirst.addFirst(user);

            int reader = 1 + random.nextInt(USERS);
            int[] shared = someRooms(random);
            List<Integer> expected =
                    latestFirst.stream()
                            .filter(each -> tracker.of(each).state() != PresenceState.OFFLINE)
                            .filter(each -> each == reader || isInOneOf(shared, each))
                            .toList();
            assertEquals(
                    expected,
                    tracker.changedAfter(-1, reader, shared).stream()
                            .map(UserPresence::user)
                            .toList(),
                    "seed " + seed + ", step " + step);
        }
    }

    private static int[] someRooms(Random random) {
        return random.ints(random.nextInt(4), 1, ROOMS + 1).sorted().distinct().toArray();
    }

    private boolean isInOneOf(int[] shared, int user) {
        return Arrays.stream(rooms.getOrDefault(user, new int[0]))
                .anyMatch(room -> Arrays.binarySearch(shared, room) >= 0);
    }
}
