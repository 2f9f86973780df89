package chat.hearth.homeserver.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password's Argon2id hash with its cost and salt, in the PHC string format:
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. See [RFC
/// 9106](https://www.rfc-editor.org/rfc/rfc9106).
@SuppressWarnings("ArrayRecordComponent") // compared by #matches only
record EncodedPassword(Cost cost, byte[] salt, byte[] hash) {
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    private static final Pattern FORMAT =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
                            + "\\$([A-Za-z0-9+/]{1,128})\\$([A-Za-z0-9+/]{1,128})");

    /// What one hash costs.
    ///
    /// @param memoryKib memory in KiB
    /// @param iterations passes over the memory
    /// @param parallelism lanes
    record Cost(int memoryKib, int iterations, int parallelism) {}

    /// Hashes `password`; takes its time and memory.
    static EncodedPassword of(String password, Cost cost, byte[] salt) {
        return new EncodedPassword(cost, salt, argon2id(password, cost, salt, HASH_BYTES));
    }

    /// The hash in `text`, if it has the format.
    static Optional<EncodedPassword> parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] salt = base64.decode(parts.group(4));
        byte[] hash = base64.decode(parts.group(5));
        return Optional.of(new EncodedPassword(cost, salt, hash));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /// Whether this is the hash of `password`; takes its time and memory, the same whatever the
    /// answer.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, argon2id(password, cost, salt, hash.length));
    }

    /// Keyboards type the same letters in different ways; they count as the same password.
    private static byte[] argon2id(String password, Cost cost, byte[] salt, int length) {
        Argon2Parameters parameters =
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKib())
                        .withIterations(cost.iterations())
                        .withParallelism(cost.parallelism())
                        .withSalt(salt)
                        .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        String normalised = Normalizer.normalize(password, Normalizer.Form.NFKC);
        var hash = new byte[length];
        generator.generateBytes(normalised.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /// The PHC string.
    String encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + (cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.parallelism())
                + ("$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash));
    }

    @Override
    public String toString() {
        return "EncodedPassword";
    }
}
