package chat.hearth.homeserver.account;

import chat.hearth.homeserver.account.Registration.NewAccount;
import chat.hearth.homeserver.account.Registration.Registered;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Lets tools that know a secret make accounts in any mode of registration. A tool asks for a nonce
/// and sends it back with an HMAC-SHA1 of everything that it wants. Safe for use by several
/// threads.
///
/// See [Shared-secret
/// registration](https://element-hq.github.io/synapse/latest/admin_api/register_api.html).
public final class SharedSecretRegistration {
    /// How long a nonce is good for, once.
    public static final Duration NONCE_LIFETIME = Duration.ofMinutes(1);

    private static final int NONCES_MAX = 10_000;
    private static final int NONCE_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA1";
    private static final String ADMIN = "admin";
    private static final String NO_ADMIN = "notadmin";

    private final Secret secret;
    private final Registration registration;
    private final RateLimiter wrongProofs;
    private final RandomGenerator random;
    private final Cache<String, Boolean> nonces =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumSize(NONCES_MAX)
                    .expireAfterWrite(NONCE_LIFETIME)
                    .build();

    /// Registration by `secret`.
    ///
    /// @param wrongProofs how often one address may send a wrong HMAC
    /// @param random for nonces
    public SharedSecretRegistration(
            Secret secret,
            Registration registration,
            RateLimiter wrongProofs,
            RandomGenerator random) {
        this.secret = secret;
        this.registration = registration;
        this.wrongProofs = wrongProofs;
        this.random = random;
    }

    /// What a tool sends.
    ///
    /// @param nonce from [#nonce()]
    /// @param userType only part of the HMAC, null for none
    /// @param mac the HMAC in hexadecimal
    /// @param account what it wants
    public record Order(String nonce, @Nullable String userType, String mac, NewAccount account) {
        @Override
        public String toString() {
            return "Order";
        }
    }

    /// A new nonce.
    public String nonce() {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        nonces.put(nonce, true);
        return nonce;
    }

    /// Makes an account.
    ///
    /// @param address where the request comes from
    /// @throws MatrixException 400 for an unknown nonce or a field with a NUL character, 403 for a
    ///   wrong HMAC, 429 after too many of those, or 400 as [Registration#register] does
    public Registered register(Order order, String address) {
        wrongProofs.check(address);
        requireUnambiguous(order);
        if (nonces.asMap().remove(order.nonce()) == null) {
            throw new MatrixException(ErrCode.M_UNKNOWN, 400, "Unrecognised nonce");
        }
        if (!MessageDigest.isEqual(expected(order), order.mac().getBytes(StandardCharsets.UTF_8))) {
            wrongProofs.acquire(address);
            throw new MatrixException(ErrCode.M_FORBIDDEN, 403, "HMAC incorrect");
        }
        return registration.registerForOperator(order.account());
    }

    /// What is authenticated is joined by NUL. A field that held one could be read as several: the
    /// proof for a user would also be one for an administrator. Tools may have made such a proof,
    /// so what it could be taken for is refused too.
    private static void requireUnambiguous(Order order) {
        if (ADMIN.equals(order.userType()) || NO_ADMIN.equals(order.userType())) {
            throw MatrixException.invalidParam("There is no such user_type");
        }
        NewAccount account = order.account();
        for (String field :
                Arrays.asList(
                        order.nonce(), account.username(), account.password(), order.userType())) {
            if (field != null && field.indexOf('\0') >= 0) {
                throw MatrixException.invalidParam(
                        "nonce, username, password and user_type must not hold NUL characters");
            }
        }
    }

    private byte[] expected(Order order) {
        NewAccount account = order.account();
        String signed =
                order.nonce()
                        + ("\0" + account.username() + "\0" + account.password())
                        + ("\0" + (account.admin() ? ADMIN : NO_ADMIN))
                        + (order.userType() == null ? "" : "\0" + order.userType());
        try {
            Mac hmac = Mac.getInstance(ALGORITHM);
            hmac.init(
                    new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] mac = hmac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA1", e);
        }
    }
}
