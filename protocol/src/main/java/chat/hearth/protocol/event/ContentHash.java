package chat.hearth.protocol.event;

import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.sign.UnpaddedBase64;
import java.security.MessageDigest;

/// The hash over all of an event, which tells whether its unprotected parts are as they were sent.
///
/// See [Calculating the content
/// hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-content-hash-for-an-event).
public final class ContentHash {
    private ContentHash() {}

    /// The SHA-256 of `event` in canonical JSON without `unsigned`, `signatures` and `hashes`.
    public static byte[] of(JsonObject event) {
        return Sha256.of(
                CanonicalJson.lenientBytes(event.without("unsigned", "signatures", "hashes")));
    }

    /// Whether the hash that `event` carries is its own. An event whose hash is missing, malformed
    /// or another one is to be taken as redacted.
    public static boolean matches(JsonObject event) {
        return event.object("hashes")
                .flatMap(hashes -> hashes.string("sha256"))
                .flatMap(UnpaddedBase64::decode)
                .filter(claimed -> MessageDigest.isEqual(claimed, of(event)))
                .isPresent();
    }

    /// `event` with its hash in `hashes`, which replaces hashes that were there.
    public static JsonObject addTo(JsonObject event) {
        String hash = UnpaddedBase64.encode(of(event));
        return event.with("hashes", JsonObject.of("sha256", hash));
    }
}
