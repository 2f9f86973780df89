package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.VitalWork;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hashes and checks passwords, a few at a time: each takes tens of milliseconds and megabytes. It
/// does so on threads of its own, as on virtual ones it would hold up everything else. Beyond the
/// checks that may wait, and the one that may wait for a user, callers are told to come back. Safe
/// for use by several threads.
public final class PasswordHasher implements AutoCloseable {
    /// Longer passwords are refused, in characters.
    public static final int PASSWORD_LENGTH_MAX = 512;

    private static final long RETRY_AFTER_MILLIS = 1_000;

    private final EncodedPassword.Cost cost;
    private final RandomGenerator random;
    private final VitalWork vital;
    private final EncodedPassword nobody;
    private final int lengthMin;
    private final HashQueue queue;

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
        this.lengthMin = config.lengthMin();
        this.queue = new HashQueue(config.concurrency(), config.waitingMax());
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

    /// Lets pass a password that a user may have. Characters count as Unicode does, so that one
    /// symbol is one.
    ///
    /// @throws MatrixException 400 `M_WEAK_PASSWORD` when it is too short, 400 when it is too long
    public void requireStrong(String password) {
        if (password.codePointCount(0, password.length()) < lengthMin) {
            throw new MatrixException(
                    ErrCode.M_WEAK_PASSWORD,
                    400,
                    "The password is too short: it needs at least " + characters(lengthMin));
        }
        refuseTooLong(password);
    }

    private static String characters(int count) {
        return count == 1 ? "1 character" : count + " characters";
    }

    /// The hash of a new password, to be stored.
    ///
    /// @throws MatrixException 400 when it is too short or too long, 429 when too many hashes are
    ///   waiting
    public String hash(String password, HashPermit permit) {
        requireStrong(password);
        return encoded(password, permit);
    }

    /// The hash of a password that a user has already, at the cost that is asked for now.
    ///
    /// @throws MatrixException 429 when too many hashes are waiting
    String rehash(String password, HashPermit permit) {
        return encoded(password, permit);
    }

    private String encoded(String password, HashPermit permit) {
        byte[] salt = bytes(EncodedPassword.SALT_BYTES);
        return run(permit, () -> EncodedPassword.of(password, cost, salt).encoded());
    }

    /// Checks a password. Takes as long when there is nothing to compare with.
    ///
    /// @param stored what [#hash] made of the right one, null when nobody has this password
    /// @throws MatrixException 400 when it is too long, 429 when too many checks are waiting
    public Verdict verify(String password, @Nullable String stored, HashPermit permit) {
        refuseTooLong(password);
        EncodedPassword known = stored == null ? null : EncodedPassword.parse(stored).orElse(null);
        EncodedPassword compared = known == null ? nobody : known;
        boolean matches = run(permit, () -> compared.matches(password));
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
    <T> T run(HashPermit permit, Callable<T> work) {
        return await(
                queue.submit(permit.key(), () -> vital.call("Password hashing", work))
                        .orElseThrow(PasswordHasher::busy));
    }

    private static MatrixException busy() {
        return MatrixException.limitExceeded(
                "Too many passwords are being checked; try again later", RETRY_AFTER_MILLIS);
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
        queue.close();
    }
}
