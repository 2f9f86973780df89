package chat.hearth.rooms.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.auth.Membership;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MembersTest {
    private static final List<Membership> ALL = List.of(Membership.values());

    @Test
    void remembersWhoIsWhatAndSince() {
        Members members = Members.EMPTY.with(3, Membership.JOIN, 10).with(4, Membership.INVITE, 11);

        assertEquals(Membership.JOIN, members.membership(3));
        assertEquals(10, members.position(3));
        assertEquals(Membership.LEAVE, members.membership(5));
        assertTrue(members.knows(4));
        assertFalse(members.knows(5));
    }

    @Test
    void namesTheEarliestFirst() {
        Members members =
                Members.EMPTY
                        .with(1, Membership.JOIN, 30)
                        .with(2, Membership.JOIN, 10)
                        .with(3, Membership.INVITE, 20)
                        .with(4, Membership.LEAVE, 5)
                        .with(5, Membership.JOIN, 40);

        assertArrayEquals(
                new int[] {2, 3, 1}, members.earliest(Membership.JOIN, Membership.INVITE, 5, 3));
        assertArrayEquals(
                new int[] {3}, members.earliest(Membership.JOIN, Membership.INVITE, 2, 1));
    }

    @Test
    void countsAgreeWithTheMembersWhateverHappens() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        Map<Integer, Membership> naive = new HashMap<>();
        Members members = Members.EMPTY;
        for (int position = 1; position <= 2_000; position++) {
            int user = 1 + random.nextInt(50);
            Membership next = ALL.get(random.nextInt(ALL.size()));
            members = members.with(user, next, position);
            naive.put(user, next);
        }
        for (Membership membership : ALL) {
            int[] expected =
                    naive.entrySet().stream()
                            .filter(entry -> entry.getValue() == membership)
                            .mapToInt(Map.Entry::getKey)
                            .sorted()
                            .toArray();
            assertArrayEquals(expected, members.with(membership), "seed " + seed);
        }
        assertEquals(members.with(Membership.JOIN).length, members.joined(), "seed " + seed);
        assertEquals(members.with(Membership.INVITE).length, members.invited(), "seed " + seed);
    }
}
