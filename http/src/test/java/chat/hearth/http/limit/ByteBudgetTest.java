package chat.hearth.http.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.MatrixException;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100, 40);

    private ByteBudget.Lease of(String user) {
        ByteBudget.Lease lease = budget.open("address");
        lease.chargeUser(user);
        return lease;
    }

    private static int refusal(ByteBudget.Lease lease, long bytes) {
        var refused = assertThrows(MatrixException.class, () -> lease.take(bytes));
        assertTrue(refused.details().integer("retry_after_ms").isPresent());
        assertTrue(lease.wasRefused());
        return refused.status();
    }

    @Test
    void aShareIsForAllRequestsOfItsKey() {
        try (ByteBudget.Lease first = of("a");
                ByteBudget.Lease second = of("a");
                ByteBudget.Lease other = of("b")) {
            first.take(30);
            second.take(10);
            assertFalse(second.wasRefused());
            assertEquals(429, refusal(second, 1));
            assertEquals(40, budget.heldBytes());
            other.take(40);
            first.keep(29);
            second.take(1);
            assertEquals(80, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void theWholeIsForAllKeys() {
        try (ByteBudget.Lease first = of("a");
                ByteBudget.Lease second = of("b");
                ByteBudget.Lease third = of("c")) {
            first.take(40);
            second.take(40);
            assertEquals(503, refusal(third, 21));
            third.take(20);
            assertEquals(100, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
        try (ByteBudget.Lease again = of("c")) {
            again.take(40);
            assertEquals(40, again.bytes());
        }
    }

    @Test
    void strangersHaveHalfOfTheWholeHoweverManyTheirAddressesAre() {
        try (ByteBudget.Lease first = budget.open("first");
                ByteBudget.Lease second = budget.open("second");
                ByteBudget.Lease proxy = budget.open(null);
                ByteBudget.Lease user = of("user")) {
            first.take(30);
            second.take(15);
            assertEquals(503, refusal(second, 6));
            assertEquals(503, refusal(proxy, 6));
            proxy.take(5);
            user.take(40);
            assertEquals(90, budget.heldBytes());
            first.chargeUser("known");
            second.take(10);
            assertEquals(100, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void aSharedAddressHasNoShareButAllThatStrangersHave() {
        try (ByteBudget.Lease proxy = budget.open(null)) {
            proxy.take(50);
            assertEquals(503, refusal(proxy, 1));
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void whatIsHeldMovesWithItsKey() {
        try (ByteBudget.Lease lease = budget.open(null);
                ByteBudget.Lease same = of("user")) {
            lease.take(30);
            lease.chargeAddress("address");
            lease.chargeUser("user");
            assertEquals(429, refusal(same, 11));
            same.take(10);
            assertEquals(40, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void aMoveThatIsRefusedGivesEverythingBack() {
        try (ByteBudget.Lease full = of("user");
                ByteBudget.Lease lease = budget.open("address")) {
            full.take(40);
            lease.take(30);
            assertThrows(MatrixException.class, () -> lease.chargeUser("user"));
            assertTrue(lease.wasRefused());
            assertEquals(40, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void whatIsPinnedOutlivesItsRequest() {
        ByteBudget.Lease pinned;
        try (ByteBudget.Lease request = of("user")) {
            request.take(20);
            pinned = request.pin(15);
            assertThrows(MatrixException.class, () -> request.pin(6));
            assertTrue(request.wasRefused());
            assertEquals(35, budget.heldBytes());
        }
        assertEquals(15, budget.heldBytes());
        try (ByteBudget.Lease next = of("user")) {
            assertEquals(429, refusal(next, 26));
        }
        pinned.close();
        assertEquals(0, budget.heldBytes());
    }
}
