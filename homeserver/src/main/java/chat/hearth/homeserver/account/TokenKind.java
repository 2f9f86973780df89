package chat.hearth.homeserver.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// The kinds of tokens, and how they look: a prefix that names the kind, so that scanners for
/// leaked secrets know one, 256 random bits, and a checksum, so that garbage is refused without
/// asking the database. Characters are those of the [opaque identifier
/// grammar](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers).
enum TokenKind {
    /// Authenticates requests.
    ACCESS("hsa_"),
    /// Gets the next access token.
    REFRESH("hsr_"),
    /// Logs in once.
    LOGIN("hsl_");

    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARS = 43;
    private static final int CHECKSUM_CHARS = 6;

    private final String prefix;

    TokenKind(String prefix) {
        this.prefix = prefix;
    }

    /// A new token.
    String mint(RandomGenerator random) {
        var secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        String body = prefix + base64(secret);
        return body + checksum(body);
    }

    /// The hash of `token`, empty when it cannot be one of this kind.
    Optional<TokenHash> hash(String token) {
        int bodyLength = prefix.length() + RANDOM_CHARS;
        if (token.length() != bodyLength + CHECKSUM_CHARS || !token.startsWith(prefix)) {
            return Optional.empty();
        }
        return token.endsWith(checksum(token.substring(0, bodyLength)))
                ? Optional.of(TokenHash.of(token))
                : Optional.empty();
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return base64(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
