package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;

/// The two questions about signatures that the rules ask. Implementations answer false, and throw
/// nothing, for keys and signatures that cannot be read.
public interface SignatureCheck {
    /// Whether `server` signed `event`. Signatures of received events are verified before the rules
    /// apply, so that this may be a look at the verified signatures; for an event that this server
    /// is about to make it asks whether the signature will be there.
    boolean isSignedBy(Event event, ServerName server);

    /// Whether any Ed25519 signature in `signed.signatures` is one of the rest of `signed` by the
    /// public key, given in Base64 of either alphabet. See [Signing
    /// JSON](https://spec.matrix.org/v1.19/appendices/#signing-json).
    boolean isSignedWith(JsonObject signed, String publicKey);
}
