package chat.hearth.storage.jdbc;

import chat.hearth.protocol.id.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Event ids as bytes: 32 for an id that is a reference hash in the URL-safe alphabet, 33 for one
/// in the alphabet of room version 3, the text for all others. The forms cannot be confused: a text
/// ends neither in 0xFF, which UTF-8 does not have, nor in NUL, which ids do not have.
final class EventIds {
    private static final int HASH_BYTES = 32;
    private static final int HASH_CHARS = 43;
    private static final byte STANDARD_ALPHABET = (byte) 0xff;
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();

    private EventIds() {}

    static byte[] encode(EventId id) {
        String text = id.value();
        if (text.length() == 1 + HASH_CHARS) {
            String hash = text.substring(1);
            byte[] decoded = decodeHash(hash);
            if (URL.encodeToString(decoded).equals(hash)) {
                return decoded;
            }
            if (STANDARD.encodeToString(decoded).equals(hash)) {
                byte[] marked = Arrays.copyOf(decoded, HASH_BYTES + 1);
                marked[HASH_BYTES] = STANDARD_ALPHABET;
                return marked;
            }
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        // One NUL keeps a text from having the length of a hash.
        return plain.length == HASH_BYTES ? Arrays.copyOf(plain, HASH_BYTES + 1) : plain;
    }

    static EventId decode(byte[] stored) {
        int length = stored.length;
        if (length == HASH_BYTES) {
            return new EventId("$" + URL.encodeToString(stored));
        }
        if (length == HASH_BYTES + 1 && stored[HASH_BYTES] == STANDARD_ALPHABET) {
            return new EventId("$" + STANDARD.encodeToString(Arrays.copyOf(stored, HASH_BYTES)));
        }
        int end = length > 0 && stored[length - 1] == 0 ? length - 1 : length;
        return new EventId(new String(stored, 0, end, StandardCharsets.UTF_8));
    }

    /// The bytes of `hash` in either alphabet, empty when it is in neither.
    private static byte[] decodeHash(String hash) {
        try {
            return hash.indexOf('+') >= 0 || hash.indexOf('/') >= 0
                    ? Base64.getDecoder().decode(hash)
                    : Base64.getUrlDecoder().decode(hash);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
