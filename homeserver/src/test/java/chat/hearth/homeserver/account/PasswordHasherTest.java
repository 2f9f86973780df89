package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.account.PasswordHasher.Verdict;
import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.VitalWork;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class PasswordHasherTest {
    private static final PasswordHashConfig CHEAP = new PasswordHashConfig(8, 1, 1, 1, 4);

    private final PasswordHasher hasher =
            new PasswordHasher(CHEAP, new Random(1), new VitalWork(_ -> {}));

    @Test
    void onlyThePasswordItselfIsRight() {
        String stored = hasher.hash("opensesame");
        assertEquals(Verdict.RIGHT, hasher.verify("opensesame", stored));
        assertEquals(Verdict.WRONG, hasher.verify("opensesamf", stored));
        assertEquals(Verdict.WRONG, hasher.verify("", stored));
        assertEquals(Verdict.WRONG, hasher.verify("opensesame", null));
        assertEquals(Verdict.WRONG, hasher.verify("opensesame", "no hash of ours"));
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        assertNotEquals(hasher.hash("opensesame"), hasher.hash("opensesame"));
    }

    @Test
    void lettersTypedInOtherWaysAreTheSamePassword() {
        String composed = "caf\u00e9";
        String decomposed = "cafe\u0301";
        assertEquals(Verdict.RIGHT, hasher.verify(decomposed, hasher.hash(composed)));
    }

    @Test
    void aHashOfAnotherCostStillWorksAndIsSaidToBeOld() {
        try (var dearer =
                new PasswordHasher(
                        new PasswordHashConfig(16, 2, 1, 1, 4),
                        new Random(1),
                        new VitalWork(_ -> {}))) {
            String stored = hasher.hash("opensesame");
            assertTrue(stored.startsWith("$argon2id$v=19$m=8,t=1,p=1$"), stored);
            assertEquals(Verdict.RIGHT_AT_OLD_COST, dearer.verify("opensesame", stored));
            assertEquals(Verdict.WRONG, dearer.verify("other", stored));
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
    void emptyAndEndlessPasswordsAreRefused() {
        assertEquals(ErrCode.M_WEAK_PASSWORD, refusal(() -> hasher.hash("")).errCode());
        String endless = "x".repeat(PasswordHasher.PASSWORD_LENGTH_MAX + 1);
        assertEquals(ErrCode.M_INVALID_PARAM, refusal(() -> hasher.hash(endless)).errCode());
        assertEquals(
                ErrCode.M_INVALID_PARAM, refusal(() -> hasher.verify(endless, null)).errCode());
    }

    @Test
    void beyondThoseThatMayWaitAHashIsToldToComeBack() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var busy =
                new PasswordHasher(
                        new PasswordHashConfig(8, 1, 1, 1, 0),
                        new Random(1),
                        new VitalWork(_ -> {}))) {
            Thread first = Thread.ofVirtual().start(() -> busy.run(() -> pause(begun, goOn)));
            begun.await();
            MatrixException refused = refusal(() -> busy.hash("opensesame"));
            assertEquals(429, refused.status());
            assertTrue(refused.details().integer("retry_after_ms").isPresent());
            goOn.countDown();
            first.join();
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
