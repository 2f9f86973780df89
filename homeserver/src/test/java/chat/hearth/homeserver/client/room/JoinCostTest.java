package chat.hearth.homeserver.client.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// What a join costs. Who asks is known with the request, and is not looked up.
final class JoinCostTest extends AliceAndBob {
    private static final long STATEMENTS_MAX = 13;

    @Test
    void whoJoinsIsNotLookedUp() {
        String first = alice.room("public_chat");
        String second = alice.room("public_chat");
        bob.join(first);
        LongAdder statements = server.database().metrics().readerStatements();
        long before = statements.sum();

        assertEquals("200", bob.join(second).outcome());

        long cost = statements.sum() - before;
        assertTrue(cost <= STATEMENTS_MAX, cost + " statements");
    }
}
