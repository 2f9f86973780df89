package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.account.UserInteractiveAuth.Outcome;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is kept of the requests that begin interactive authentication.
final class AuthSessionTest {
    private static final List<List<String>> FLOWS = List.of(List.of(AuthStage.DUMMY));
    private static final String LARGE = "x".repeat(1 << 20);

    private static AuthRequest request(JsonObject body) {
        return new AuthRequest("POST /x", null, FLOWS, body, false, Set.of("devices"), "::1");
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

    @Test
    void moreThanMayBeKeptMakesEarlierSessionsEnd() {
        var auth =
                new UserInteractiveAuth(
                        UserInteractiveAuth.stages((_, _, _) -> {}, (_, _, _) -> {}),
                        new Random(1),
                        () -> 0);
        String devices = "x".repeat(AuthSession.REMEMBERED_BYTES_MAX - 100);
        long heavy = UserInteractiveAuth.SESSIONS_BYTES_MAX / AuthSession.REMEMBERED_BYTES_MAX;
        List<String> begun =
                LongStream.range(0, 2 * heavy)
                        .mapToObj(_ -> begin(auth, JsonObject.of("devices", devices)))
                        .toList();
        long kept = begun.stream().filter(id -> isThere(auth, id)).count();
        assertTrue(kept > 0 && kept <= heavy, kept + " of " + begun.size());
    }

    private static String begin(UserInteractiveAuth auth, JsonObject body) {
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
