package chat.hearth.protocol.sign;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// An Ed25519 public key. Its point is decoded once, so a key is worth keeping. Immutable and safe
/// to share between threads.
///
/// See [Signing details](https://spec.matrix.org/v1.19/appendices/#signing-details).
public final class VerifyKey {
    private static final int KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;
    private static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

    private final Ed25519PublicKeyParameters point;

    VerifyKey(Ed25519PublicKeyParameters point) {
        this.point = point;
    }

    /// The key with this encoding, if these are 32 bytes that stand for a point of the curve.
    public static Optional<VerifyKey> of(byte[] encoded) {
        if (encoded.length != KEY_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VerifyKey(new Ed25519PublicKeyParameters(encoded)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The key written in unpadded Base64, as servers publish theirs.
    public static Optional<VerifyKey> parse(String base64) {
        return UnpaddedBase64.decode(base64).flatMap(VerifyKey::of);
    }

    /// Whether `signature` is this key's signature of `message`. A signature of a wrong length or
    /// with a scalar that is not reduced is none.
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && point.verify(
                        Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    /// The key's 32 bytes.
    public byte[] encoded() {
        return point.getEncoded();
    }

    /// The key in unpadded Base64, as servers publish theirs.
    public String base64() {
        return UnpaddedBase64.encode(encoded());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyKey key && Arrays.equals(key.encoded(), encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded());
    }

    @Override
    public String toString() {
        return base64();
    }
}
