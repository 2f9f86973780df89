package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.storage.FollowingBans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How far bans have come is kept until they have arrived. Tests use rooms of their own.
abstract class BanStoreContract extends OnOneDatabase {
    private void note(FollowingBans bans) {
        open.write(
                tx -> {
                    stores.bans().note(tx, bans);
                    return 0;
                });
    }

    @Test
    void bansComeFurtherUntilTheyHaveArrived() {
        var first = new FollowingBans(910, 81, 7, 50);
        var second = new FollowingBans(911, 82, 8, 60);
        note(second);
        note(first);
        assertEquals(Optional.of(first), stores.bans().find(910));
        assertEquals(List.of(first, second), stores.bans().following(909, 10));
        assertEquals(List.of(first), stores.bans().following(909, 1));
        assertEquals(List.of(second), stores.bans().following(910, 10));

        var further = new FollowingBans(910, 81, 7, 100);
        note(further);
        assertEquals(Optional.of(further), stores.bans().find(910));

        open.write(
                tx -> {
                    stores.bans().arrived(tx, 910);
                    return 0;
                });
        assertEquals(Optional.empty(), stores.bans().find(910));
        assertEquals(List.of(second), stores.bans().following(909, 10));
    }
}
