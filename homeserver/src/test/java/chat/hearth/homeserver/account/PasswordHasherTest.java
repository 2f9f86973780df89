package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import chat.hearth.homeserver.account.PasswordHasher.Verdict;
import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.VitalWork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class PasswordHasherTest {
    private static final PasswordHashConfig CHEAP = new PasswordHashConfig(8, 1, 1, 1, 4, 8);

    private static final HashPermit ALICE = HashPermit.ofOperator("@alice:hearth.test");
    private static final HashPermit BOB = HashPermit.ofOperator("@bob:hearth.test");

    private final PasswordHasher hasher =
            new PasswordHasher(CHEAP, new Random(1), new VitalWork(_ -> {}));

    @Test
    void onlyThePasswordItselfIsRight() {
        String stored = hasher.hash("opensesame", ALICE);
        assertEquals(Verdict.RIGHT, hasher.verify("opensesame", stored, ALICE));
        assertEquals(Verdict.WRONG, hasher.verify("opensesamf", stored, ALICE));
        assertEquals(Verdict.WRONG, hasher.verify("", stored, ALICE));
        assertEquals(Verdict.WRONG, hasher.verify("opensesame", null, ALICE));
        assertEquals(Verdict.WRONG, hasher.verify("opensesame", "no hash of ours", ALICE));
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        assertNotEquals(hasher.hash("opensesame", ALICE), hasher.hash("opensesame", ALICE));
    }

    @Test
    void lettersTypedInOtherWaysAreTheSamePassword() {
        String composed = "caf\u00e9 au lait";
        String decomposed = "cafe\u0301 au lait";
        assertEquals(Verdict.RIGHT, hasher.verify(decomposed, hasher.hash(composed, ALICE), ALICE));
    }

    @Test
    void aHashOfAnotherCostStillWorksAndIsSaidToBeOld() {
        try (var dearer =
                new PasswordHasher(
                        new PasswordHashConfig(16, 2, 1, 1, 4, 8),
                        new Random(1),
                        new VitalWork(_ -> {}))) {
            String stored = hasher.hash("opensesame", ALICE);
            assertTrue(stored.startsWith("$argon2id$v=19$m=8,t=1,p=1$"), stored);
            assertEquals(Verdict.RIGHT_AT_OLD_COST, dearer.verify("opensesame", stored, ALICE));
            assertEquals(Verdict.WRONG, dearer.verify("other", stored, ALICE));
        }
    }

    /// Made by the reference implementation: `argon2 somesalt -id -t 2 -k 256 -p 1`.
    @Test
    void theHashIsThatOfTheReferenceImplementation() {
        byte[] salt = "somesalt".getBytes(StandardCharsets.UTF_8);
        EncodedPassword hash =
                EncodedPassword.of("password", new EncodedPassword.Cost(256, 2, 1), salt);
        assertEquals(
                "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
                HexFormat.of().formatHex(hash.hash()));
    }

    @Test
    void shortAndEndlessPasswordsAreRefused() {
        MatrixException tooShort = refusal(() -> hasher.hash("7letter", ALICE));
        assertEquals(ErrCode.M_WEAK_PASSWORD, tooShort.errCode());
        assertEquals(400, tooShort.status());
        assertTrue(tooShort.text().contains("at least 8 characters"), tooShort.text());
        // Eight UTF-16 units, but four characters.
        String faces = "\uD83D\uDE00".repeat(4);
        assertEquals(ErrCode.M_WEAK_PASSWORD, refusal(() -> hasher.hash(faces, ALICE)).errCode());
        assertTrue(hasher.hash("8letters", ALICE).startsWith("$argon2id$"));
        String endless = "x".repeat(PasswordHasher.PASSWORD_LENGTH_MAX + 1);
        assertEquals(ErrCode.M_INVALID_PARAM, refusal(() -> hasher.hash(endless, ALICE)).errCode());
        assertEquals(
                ErrCode.M_INVALID_PARAM,
                refusal(() -> hasher.verify(endless, null, ALICE)).errCode());
    }

    @Test
    void beyondThoseThatMayWaitAHashIsToldToComeBack() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var busy =
                new PasswordHasher(
                        new PasswordHashConfig(8, 1, 1, 1, 0, 8),
                        new Random(1),
                        new VitalWork(_ -> {}))) {
            Thread first =
                    Thread.ofVirtual().start(() -> busy.run(ALICE, () -> pause(begun, goOn)));
            begun.await();
            MatrixException refused = refusal(() -> busy.hash("opensesame", BOB));
            assertEquals(429, refused.status());
            assertTrue(refused.details().integer("retry_after_ms").isPresent());
            goOn.countDown();
            first.join();
        }
    }

    @Test
    void aUserHasOneHashWaitingAndOthersComeInTheirTurn() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (var queue = new HashQueue(1, 3)) {
            var running = queue.submit("alice", () -> pause(begun, goOn)).orElseThrow();
            begun.await();
            var waiting = queue.submit("alice", () -> order.add("alice")).orElseThrow();
            assertTrue(queue.submit("alice", () -> order.add("alice again")).isEmpty());
            var bob = queue.submit("bob", () -> order.add("bob")).orElseThrow();
            var carol = queue.submit("carol", () -> order.add("carol")).orElseThrow();
            assertEquals(3, queue.waiting());
            assertTrue(queue.submit("dave", () -> order.add("dave")).isEmpty());
            goOn.countDown();
            for (var each : List.of(running, waiting, bob, carol)) {
                assertTrue(each.get());
            }
            assertEquals(List.of("alice", "bob", "carol"), order);
            assertEquals(0, queue.waiting());
            assertTrue(queue.submit("alice", () -> order.add("later")).orElseThrow().get());
        }
    }

    @Test
    void aHashThatFailsLeavesItsWorkerToTheNext() throws Exception {
        try (var queue = new HashQueue(1, 3)) {
            var failed = queue.submit("alice", () -> fail("broken")).orElseThrow();
            assertThrows(ExecutionException.class, failed::get);
            assertTrue(queue.submit("bob", () -> true).orElseThrow().get());
        }
    }

    private static boolean pause(CountDownLatch begun, CountDownLatch goOn)
            throws InterruptedException {
        begun.countDown();
        goOn.await();
        return true;
    }

    private static MatrixException refusal(Executable action) {
        return assertThrows(MatrixException.class, action);
    }
}
