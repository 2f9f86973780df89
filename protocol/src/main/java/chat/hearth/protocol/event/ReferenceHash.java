package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.sign.UnpaddedBase64;

/// The hash over the protected parts of an event, which names it: redacting an event does not
/// change it.
///
/// See [Calculating the reference
/// hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event).
public final class ReferenceHash {
    private ReferenceHash() {}

    /// The SHA-256 of the redacted event in canonical JSON without `signatures` and `unsigned`.
    public static byte[] of(RoomVersionRules rules, JsonObject event) {
        JsonObject redacted = Redaction.redact(rules, event).without("signatures");
        return Sha256.of(CanonicalJson.lenientBytes(redacted));
    }

    /// The id of the event with this reference hash.
    ///
    /// @throws IllegalArgumentException in room versions whose ids are chosen by the origin
    static EventId eventId(RoomVersionRules rules, byte[] hash) {
        return switch (rules.eventIdForm()) {
            case CHOSEN_BY_ORIGIN ->
                    throw new IllegalArgumentException("This room version does not hash its ids");
            case HASH -> new EventId("$" + UnpaddedBase64.encode(hash));
            case URL_SAFE_HASH -> EventId.ofReferenceHash(hash);
        };
    }
}
