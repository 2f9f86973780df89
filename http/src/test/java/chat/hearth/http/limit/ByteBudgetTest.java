package chat.hearth.http.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.MatrixException;
import org.junit.jupiter.api.Test;

final class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100, 40);

    private static int refusal(ByteBudget.Lease lease, long bytes) {
        var refused = assertThrows(MatrixException.class, () -> lease.take(bytes));
        assertTrue(refused.details().integer("retry_after_ms").isPresent());
        assertTrue(lease.wasRefused());
        return refused.status();
    }

    @Test
    void aShareIsForAllRequestsOfItsKey() {
        try (ByteBudget.Lease first = budget.open("a");
                ByteBudget.Lease second = budget.open("a");
                ByteBudget.Lease other = budget.open("b")) {
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
        try (ByteBudget.Lease first = budget.open("a");
                ByteBudget.Lease second = budget.open("b");
                ByteBudget.Lease third = budget.open("c")) {
            first.take(40);
            second.take(40);
            assertEquals(503, refusal(third, 21));
            third.take(20);
            assertEquals(100, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
        try (ByteBudget.Lease again = budget.open("c")) {
            again.take(40);
            assertEquals(40, again.bytes());
        }
    }

    @Test
    void aSharedAddressHasNoShareButTheWhole() {
        try (ByteBudget.Lease proxy = budget.open(null)) {
            proxy.take(100);
            assertEquals(503, refusal(proxy, 1));
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void whatIsHeldMovesWithItsKey() {
        try (ByteBudget.Lease lease = budget.open(null);
                ByteBudget.Lease same = budget.open("user")) {
            lease.take(30);
            lease.charge("address");
            lease.charge("user");
            assertEquals(429, refusal(same, 11));
            same.take(10);
            assertEquals(40, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }

    @Test
    void aMoveThatIsRefusedGivesEverythingBack() {
        try (ByteBudget.Lease full = budget.open("user");
                ByteBudget.Lease lease = budget.open("address")) {
            full.take(40);
            lease.take(30);
            assertThrows(MatrixException.class, () -> lease.charge("user"));
            assertTrue(lease.wasRefused());
            assertEquals(40, budget.heldBytes());
        }
        assertEquals(0, budget.heldBytes());
    }
}
