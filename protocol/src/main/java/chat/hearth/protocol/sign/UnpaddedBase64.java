package chat.hearth.protocol.sign;

import java.util.Base64;
import java.util.Optional;

/// Base64 as Matrix writes it: the standard alphabet without padding.
///
/// See [Unpadded Base64](https://spec.matrix.org/v1.19/appendices/#unpadded-base64).
public final class UnpaddedBase64 {
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private UnpaddedBase64() {}

    /// The text for `bytes`, without padding.
    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /// The bytes in `text`, with or without padding; empty for any character outside of the
    /// standard alphabet, white space and the URL-safe alphabet included.
    public static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
