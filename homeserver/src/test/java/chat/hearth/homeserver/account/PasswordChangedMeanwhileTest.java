package chat.hearth.homeserver.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.homeserver.config.RegistrationConfig;
import chat.hearth.http.limit.RateLimit;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.storage.Account;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A password that is changed while somebody logs in with it: who proved the old one comes too
/// late.
final class PasswordChangedMeanwhileTest {
    private static final PasswordHashConfig DEARER = new PasswordHashConfig(16, 2, 1, 2, 4);
    private static final DeviceRequest PHONE = new DeviceRequest("PHONE", null, false);

    @TempDir private Path folder;

    private TestHearth server;
    private AccountServices alone;

    /// What happens, once, after an account was read and before its password is checked.
    private final AtomicReference<Runnable> afterReading = new AtomicReference<>(() -> {});

    @BeforeEach
    void start() {
        server = TestHearth.start(folder);
        server.register("alice");
        alone = besideTheServer();
    }

    @AfterEach
    void stop() {
        alone.close();
        server.close();
    }

    /// Other services over the same database, for which a password costs more.
    private AccountServices besideTheServer() {
        var asked = new RateLimiter(new RateLimit(1_000, 1_000), this::read);
        var unasked = new RateLimiter(RateLimit.UNLIMITED, System::nanoTime);
        var open = new RegistrationConfig(RegistrationConfig.Mode.OPEN, List.of(), null, false);
        return AccountServices.of(
                new ServerName(TestHearth.NAME),
                new AccountServices.Data(
                        server.stores(), server.database().journal(), server.database().vital()),
                new AccountServices.Rules(
                        open,
                        DEARER,
                        new AccountLimits(unasked, unasked, asked, unasked, unasked),
                        SessionLifetimes.DEFAULT),
                Instant::now,
                System::nanoTime,
                new SecureRandom());
    }

    private long read() {
        afterReading.getAndSet(() -> {}).run();
        return 0;
    }

    private void change(String from, String to) {
        Account proved = server.accounts().passwords().check("alice", from);
        server.accounts().accounts().changePassword(proved, to, _ -> true);
    }

    private static int refusal(Executable deed) {
        return assertThrows(MatrixException.class, deed).status();
    }

    @Test
    void aPasswordThatIsHashedAnewDoesNotReplaceOneThatWasChanged() {
        afterReading.set(() -> change("secret", "second"));
        assertEquals(403, refusal(() -> alone.passwords().check("alice", "secret")));
        assertEquals(403, server.login("alice", "secret").status());
        assertEquals(200, server.login("alice", "second").status());
    }

    @Test
    void whoProvedTheOldPasswordIsNotLetInWithIt() {
        Account proved = server.accounts().passwords().check("alice", "secret");
        change("secret", "second");
        assertEquals(403, refusal(() -> server.accounts().logins().open(proved, PHONE)));
        assertTrue(server.stores().devices().find(proved.user(), "PHONE").isEmpty());
    }

    @Test
    void whoProvedTheOldPasswordDoesNotChangeItAgain() {
        Account proved = server.accounts().passwords().check("alice", "secret");
        change("secret", "second");
        Executable late =
                () -> server.accounts().accounts().changePassword(proved, "third", _ -> true);
        assertEquals(401, refusal(late));
        assertEquals(200, server.login("alice", "second").status());
    }

    @Test
    void whoProvedTheOldPasswordGetsNoLoginToken() {
        Account proved = server.accounts().passwords().check("alice", "secret");
        change("secret", "second");
        assertEquals(401, refusal(() -> server.accounts().logins().loginToken(proved)));
    }

    @Test
    void anAccountThatIsClosedMeanwhileOpensNoSession() {
        Account proved = server.accounts().passwords().check("alice", "secret");
        server.database()
                .journal()
                .write(
                        tx -> {
                            server.stores().accounts().deactivate(tx, proved.user(), false);
                            return proved;
                        });
        assertEquals(403, refusal(() -> server.accounts().logins().open(proved, PHONE)));
        assertTrue(server.stores().devices().find(proved.user(), "PHONE").isEmpty());
    }

    @Test
    void twoWhoLogInAfterPasswordsCostMoreAreBothLetIn() {
        afterReading.set(() -> assertEquals(1, alone.passwords().check("alice", "secret").user()));
        Account proved = alone.passwords().check("alice", "secret");
        assertEquals(proved.userId(), alone.logins().open(proved, PHONE).userId());
        assertEquals(200, server.login("alice", "secret").status());
    }
}
