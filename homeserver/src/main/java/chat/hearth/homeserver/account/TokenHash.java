package chat.hearth.homeserver.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of a token, which is all that is ever kept of one. Tokens have 256 random bits, so a
/// plain hash is enough. As four numbers it is a small and quick key.
record TokenHash(long first, long second, long third, long fourth) {
    /// The hash of a token's text.
    static TokenHash of(String token) {
        return of(token.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of some bytes.
    static TokenHash of(byte[] secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha256.digest(secret);
            ByteBuffer numbers = ByteBuffer.wrap(hash);
            return new TokenHash(
                    numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// The 32 bytes of the hash.
    byte[] bytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    @Override
    public String toString() {
        return "TokenHash";
    }
}
