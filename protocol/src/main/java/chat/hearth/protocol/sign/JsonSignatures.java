package chat.hearth.protocol.sign;

import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks the signatures in signed JSON.
///
/// See [Checking for a
/// signature](https://spec.matrix.org/v1.19/appendices/#checking-for-a-signature).
public final class JsonSignatures {
    private static final String ED25519 = "ed25519:";

    private JsonSignatures() {}

    /// Checks the signatures of `entity`, a server name or user id, on `object`. Signatures of
    /// other algorithms and those whose key is unknown are passed over.
    public static SignatureVerdict verify(JsonObject object, String entity, VerifyKeys keys) {
        List<Map.Entry<String, JsonValue>> signatures =
                object.object("signatures").flatMap(all -> all.object(entity)).stream()
                        .flatMap(own -> own.members().entrySet().stream())
                        .filter(signature -> signature.getKey().startsWith(ED25519))
                        .toList();
        if (signatures.isEmpty()) {
            return new SignatureVerdict.Missing();
        }
        byte[] signed = signedBytes(object);
        boolean known = false;
        for (var signature : signatures) {
            Optional<VerifyKey> key = keys.find(signature.getKey());
            if (key.isPresent() && !isRight(key.get(), signed, signature.getValue())) {
                return new SignatureVerdict.Wrong(signature.getKey());
            }
            known |= key.isPresent();
        }
        return known
                ? new SignatureVerdict.Valid()
                : new SignatureVerdict.UnknownKeys(
                        signatures.stream().map(Map.Entry::getKey).toList());
    }

    /// Whether any Ed25519 signature on `object`, whoever made it, is one by the public key, given
    /// in Base64 of either alphabet. Answers false for a key that cannot be read.
    public static boolean isSignedWith(JsonObject object, String publicKey) {
        Optional<VerifyKey> key = VerifyKey.parse(publicKey.replace('-', '+').replace('_', '/'));
        if (key.isEmpty()) {
            return false;
        }
        byte[] signed = signedBytes(object);
        return object.object("signatures").stream()
                .flatMap(all -> all.members().values().stream())
                .flatMap(
                        own ->
                                own instanceof JsonObject by
                                        ? by.members().entrySet().stream()
                                        : Stream.empty())
                .filter(signature -> signature.getKey().startsWith(ED25519))
                .anyMatch(signature -> isRight(key.get(), signed, signature.getValue()));
    }

    private static boolean isRight(VerifyKey key, byte[] signed, JsonValue signature) {
        return signature instanceof JsonString(String text)
                && UnpaddedBase64.decode(text)
                        .filter(bytes -> key.verifies(signed, bytes))
                        .isPresent();
    }

    /// What a signature of `object` is made over.
    static byte[] signedBytes(JsonObject object) {
        return CanonicalJson.lenientBytes(object.without("signatures", "unsigned"));
    }
}
