package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is kept of the requests that begin interactive authentication.
final class AuthSessionTest {
    private static final List<List<String>> FLOWS = List.of(List.of(AuthStage.DUMMY));
    private static final long BUDGET_BYTES = 16L << 20;
    private static final long SESSIONS_BYTES = 1L << 20;
    private static final String LARGE = "x".repeat(1 << 20);

    private final ByteBudget budget = new ByteBudget(BUDGET_BYTES, BUDGET_BYTES / 4);

    private AuthRequest request(JsonObject body) {
        return request(body, budget.open("::1"));
    }

    private static AuthRequest request(JsonObject body, ByteBudget.Lease memory) {
        return new AuthRequest(
                "POST /x", null, FLOWS, body, false, Set.of("devices"), "::1", memory);
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text);
    }

    @Test
    void aSessionKeepsNoBody() {
        var session = new AuthSession("id", request(JsonObject.of("unknown", LARGE)));
        assertEquals("{}".length(), session.rememberedBytes());
        assertEquals(JsonObject.EMPTY, session.firstBody());
        var large = new AuthSession("id", request(JsonObject.of("devices", LARGE)));
        assertEquals("{}".length(), large.rememberedBytes());
    }

    @Test
    void theBodyItselfCanBeCollected() throws InterruptedException {
        var body = JsonObject.of("devices", "X" + LARGE.length());
        var session = new AuthSession("id", request(body));
        var held = new WeakReference<>(body);
        body = JsonObject.EMPTY;
        for (int i = 0; i < 100 && held.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertEquals(null, held.get());
        assertTrue(session.isOf(request(body)));
    }

    @Test
    void whatIsNeededLaterIsRemembered() {
        var session =
                new AuthSession("id", request(json("{\"devices\":[\"X\"],\"a\":1,\"auth\":{}}")));
        assertEquals(json("{\"devices\":[\"X\"]}"), session.firstBody());
    }

    @Test
    void anotherBodyIsAnotherRequestInWhicheverOrderItsMembersAre() {
        var session = new AuthSession("id", request(json("{\"a\":1.50,\"b\":2,\"auth\":{}}")));
        assertTrue(session.isOf(request(json("{\"b\":2,\"a\":1.50}"))));
        assertTrue(session.isOf(request(json("{\"auth\":{\"x\":1}}"))));
        assertFalse(session.isOf(request(json("{\"a\":1.50,\"b\":3}"))));
        assertFalse(session.isOf(request(json("{\"a\":1.50}"))));
    }

    private static UserInteractiveAuth auth(LongSupplier nanoTime) {
        return new UserInteractiveAuth(
                UserInteractiveAuth.stages((_, _, _) -> {}, (_, _, _) -> {}),
                new Random(1),
                nanoTime,
                SESSIONS_BYTES);
    }

    @Test
    void moreThanMayBeKeptMakesEarlierSessionsEnd() {
        UserInteractiveAuth auth = auth(() -> 0);
        String devices = "x".repeat(AuthSession.REMEMBERED_BYTES_MAX - 100);
        long heavy = SESSIONS_BYTES / AuthSession.REMEMBERED_BYTES_MAX;
        List<String> begun =
                LongStream.range(0, 2 * heavy)
                        .mapToObj(_ -> begin(auth, JsonObject.of("devices", devices)))
                        .toList();
        long kept = begun.stream().filter(id -> isThere(auth, id)).count();
        assertTrue(kept > 0 && kept <= heavy, kept + " of " + begun.size());
        assertTrue(
                budget.heldBytes() > SESSIONS_BYTES / 2 && budget.heldBytes() <= SESSIONS_BYTES,
                () -> budget.heldBytes() + " bytes");
    }

    @Test
    void aSessionIsHeldInTheBudgetUntilItEnds() {
        var now = new AtomicLong();
        UserInteractiveAuth auth = auth(now::get);
        begin(auth, JsonObject.of("devices", "X"));
        long one = budget.heldBytes();
        assertTrue(one >= 1_000, one + " bytes");
        now.addAndGet(UserInteractiveAuth.SESSION_IDLE_MAX.toNanos() + 1);
        begin(auth, JsonObject.of("devices", "Y"));
        assertEquals(one, budget.heldBytes(), "the first has ended");
        Outcome proved =
                auth.attempt(request(json("{\"auth\":{\"type\":\"" + AuthStage.DUMMY + "\"}}")));
        assertTrue(budget.heldBytes() > one, "the second goes on");
        auth.succeeded(assertInstanceOf(Outcome.Passed.class, proved).session());
        assertEquals(one, budget.heldBytes());
    }

    @Test
    void whereNoMemoryIsLeftNoSessionBegins() {
        UserInteractiveAuth auth = auth(() -> 0);
        try (ByteBudget.Lease full = budget.open("::1")) {
            full.take(BUDGET_BYTES / 4 - 999);
            var refused =
                    assertThrows(
                            MatrixException.class,
                            () -> auth.attempt(request(JsonObject.EMPTY, full)));
            assertEquals(429, refused.status());
            assertTrue(full.wasRefused(), "the connection ends");
        }
        assertEquals(0, budget.heldBytes());
    }

    private String begin(UserInteractiveAuth auth, JsonObject body) {
        Outcome asked = auth.attempt(request(body));
        return assertInstanceOf(Outcome.Challenge.class, asked)
                .body()
                .string("session")
                .orElseThrow();
    }

    private static boolean isThere(UserInteractiveAuth auth, String session) {
        try {
            auth.requireStage(session, AuthStage.DUMMY);
            return true;
        } catch (MatrixException gone) {
            return gone.status() != 404;
        }
    }
}
