package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.VitalWork;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hashes and checks passwords, a few at a time: each takes tens of milliseconds and megabytes. It
/// does so on threads of its own, as on virtual ones it would hold up everything else. Beyond the
/// checks that may wait, callers are told to come back. Safe for use by several threads.
public final class PasswordHasher implements AutoCloseable {
    /// Longer passwords are refused, in characters.
    public static final int PASSWORD_LENGTH_MAX = 512;

    private static final long RETRY_AFTER_MILLIS = 1_000;
    private static final long IDLE_SECONDS = 30;

    private final EncodedPassword.Cost cost;
    private final RandomGenerator random;
    private final VitalWork vital;
    private final EncodedPassword nobody;
    private final ThreadPoolExecutor workers;

    /// Hashes at the cost of `config`.
    ///
    /// @param random for salts
    /// @param vital runs the hashing
    public PasswordHasher(PasswordHashConfig config, RandomGenerator random, VitalWork vital) {
        this.cost =
                new EncodedPassword.Cost(
                        config.memoryKib(), config.iterations(), config.parallelism());
        this.random = random;
        this.vital = vital;
        this.nobody =
                new EncodedPassword(
                        cost, bytes(EncodedPassword.SALT_BYTES), bytes(EncodedPassword.HASH_BYTES));
        this.workers =
                new ThreadPoolExecutor(
                        config.concurrency(),
                        config.concurrency(),
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        queue(config.waitingMax()),
                        Thread.ofPlatform().daemon().name("hearth-password-", 0).factory());
        workers.allowCoreThreadTimeOut(true);
    }

    private static BlockingQueue<Runnable> queue(int waitingMax) {
        return waitingMax == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waitingMax);
    }

    /// What checking a password says.
    public enum Verdict {
        /// It is another password, or there is none.
        WRONG,
        /// It is the password.
        RIGHT,
        /// It is the password, hashed at a cost that is no longer asked for.
        RIGHT_AT_OLD_COST
    }

    /// The hash of a new password, to be stored.
    ///
    /// @throws MatrixException 400 when it is empty or too long, 429 when too many hashes are
    ///   waiting
    public String hash(String password) {
        if (password.isEmpty()) {
            throw new MatrixException(ErrCode.M_WEAK_PASSWORD, 400, "The password is empty");
        }
        refuseTooLong(password);
        byte[] salt = bytes(EncodedPassword.SALT_BYTES);
        return run(() -> EncodedPassword.of(password, cost, salt).encoded());
    }

    /// Checks a password. Takes as long when there is nothing to compare with.
    ///
    /// @param stored what [#hash] made of the right one, null when nobody has this password
    /// @throws MatrixException 400 when it is too long, 429 when too many checks are waiting
    public Verdict verify(String password, @Nullable String stored) {
        refuseTooLong(password);
        EncodedPassword known = stored == null ? null : EncodedPassword.parse(stored).orElse(null);
        EncodedPassword compared = known == null ? nobody : known;
        boolean matches = run(() -> compared.matches(password));
        if (!matches || known == null) {
            return Verdict.WRONG;
        }
        return known.cost().equals(cost) ? Verdict.RIGHT : Verdict.RIGHT_AT_OLD_COST;
    }

    private static void refuseTooLong(String password) {
        if (password.length() > PASSWORD_LENGTH_MAX) {
            throw MatrixException.invalidParam(
                    "Passwords have at most " + PASSWORD_LENGTH_MAX + " characters");
        }
    }

    /// Runs `work` in its turn.
    ///
    /// @throws MatrixException 429 when too much is waiting
    <T> T run(Callable<T> work) {
        Future<T> result;
        try {
            result = workers.submit(() -> vital.call("The checking of passwords", work));
        } catch (RejectedExecutionException busy) {
            throw new MatrixException(
                    ErrCode.M_LIMIT_EXCEEDED,
                    429,
                    "Too many passwords are being checked; try again later",
                    JsonObject.builder().put("retry_after_ms", RETRY_AFTER_MILLIS).build());
        }
        return await(result);
    }

    /// The work is short and bounded, so an interrupt waits until it is done.
    private static <T> T await(Future<T> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw new IllegalStateException("Hashing failed", failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
