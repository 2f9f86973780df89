package chat.hearth.protocol.sign;

import java.util.Optional;

/// The keys of one server or user that may be used for the check at hand.
@FunctionalInterface
public interface VerifyKeys {
    /// The key with this id, such as `ed25519:a_Xy1`, if it is known and was valid.
    Optional<VerifyKey> find(String keyId);
}
