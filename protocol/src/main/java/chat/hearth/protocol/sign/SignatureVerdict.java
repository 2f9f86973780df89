package chat.hearth.protocol.sign;

import java.util.List;

/// What a look at the signatures of one server or user found.
public sealed interface SignatureVerdict {
    /// Every signature whose key is known is right, and there is at least one.
    record Valid() implements SignatureVerdict {}

    /// There is no signature of a kind that we understand.
    record Missing() implements SignatureVerdict {}

    /// There are signatures, but none whose key is known.
    ///
    /// @param keyIds the ids of their keys
    record UnknownKeys(List<String> keyIds) implements SignatureVerdict {}

    /// A signature is wrong.
    ///
    /// @param keyId the id of its key
    record Wrong(String keyId) implements SignatureVerdict {}

    /// Whether the check found a right signature and no wrong one.
    default boolean isValid() {
        return this instanceof Valid;
    }
}
