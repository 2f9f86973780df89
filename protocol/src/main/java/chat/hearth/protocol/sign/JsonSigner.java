package chat.hearth.protocol.sign;

import chat.hearth.protocol.json.JsonObject;

/// Signs JSON objects in the name of a server or a user.
///
/// See [Signing details](https://spec.matrix.org/v1.19/appendices/#signing-details).
public final class JsonSigner {
    private final String entity;
    private final SigningKey key;

    /// A signer.
    ///
    /// @param entity the server name or user id that signs
    public JsonSigner(String entity, SigningKey key) {
        this.entity = entity;
        this.key = key;
    }

    /// `object` with the signature added to those that it already has. `signatures` and `unsigned`
    /// are not signed.
    public JsonObject sign(JsonObject object) {
        String signature = UnpaddedBase64.encode(key.sign(JsonSignatures.signedBytes(object)));
        JsonObject all = object.object("signatures").orElse(JsonObject.EMPTY);
        JsonObject own = all.object(entity).orElse(JsonObject.EMPTY);
        var added =
                JsonObject.builder()
                        .putAll(all)
                        .put(
                                entity,
                                JsonObject.builder()
                                        .putAll(own)
                                        .put(key.keyId(), signature)
                                        .build());
        return object.with("signatures", added.build());
    }
}
