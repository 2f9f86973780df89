package chat.hearth.protocol.sign;

import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 private key with the id under which its signatures stand. Immutable and safe to share
/// between threads. Its text form holds the secret; [#toString()] does not.
///
/// See [Signing details](https://spec.matrix.org/v1.19/appendices/#signing-details).
public final class SigningKey {
    /// The bytes of a seed.
    public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

    private static final String ALGORITHM = "ed25519";
    private static final Pattern KEY_VERSION = Pattern.compile("[a-zA-Z0-9_]{1,64}");

    private final String version;
    private final Ed25519PrivateKeyParameters secret;
    private final VerifyKey verifyKey;

    /// The key that grows from `seed`.
    ///
    /// @param version tells apart the keys of one server: letters, digits and underscores
    /// @param seed 32 random bytes, the secret
    /// @throws IllegalArgumentException when the version or the length of the seed is not allowed
    public SigningKey(String version, byte[] seed) {
        if (!KEY_VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("A key version has letters, digits and underscores");
        }
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("A seed has " + SEED_BYTES + " bytes");
        }
        this.version = version;
        this.secret = new Ed25519PrivateKeyParameters(seed);
        this.verifyKey = new VerifyKey(secret.generatePublicKey());
    }

    /// Reads what [#text()] wrote; white space around it is ignored.
    public static Optional<SigningKey> parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != 3
                || !words[0].equals(ALGORITHM)
                || !KEY_VERSION.matcher(words[1]).matches()) {
            return Optional.empty();
        }
        return UnpaddedBase64.decode(words[2])
                .filter(seed -> seed.length == SEED_BYTES)
                .map(seed -> new SigningKey(words[1], seed));
    }

    /// The whole key, secret included, as one line: algorithm, version and seed in unpadded Base64.
    /// It is the form in which other homeservers keep theirs.
    public String text() {
        return ALGORITHM + " " + version + " " + UnpaddedBase64.encode(secret.getEncoded());
    }

    /// The id under which the key's signatures stand, such as `ed25519:a_Xy1`.
    public String keyId() {
        return ALGORITHM + ":" + version;
    }

    /// The public half.
    public VerifyKey verifyKey() {
        return verifyKey;
    }

    /// The 64 bytes of the signature of `message`.
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /// The key's id.
    @Override
    public String toString() {
        return keyId();
    }
}
