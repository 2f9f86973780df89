package chat.hearth.protocol.event;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.room.RoomVersionRules.EventIdForm;
import chat.hearth.protocol.sign.JsonSignatures;
import chat.hearth.protocol.sign.JsonSigner;
import chat.hearth.protocol.sign.SignatureVerdict;
import chat.hearth.protocol.sign.VerifyKeys;
import java.util.LinkedHashSet;
import java.util.Set;

/// Signs events and checks their signatures. Both look at the redacted event, so that a redacted
/// event keeps its signatures.
///
/// See [Signing events](https://spec.matrix.org/v1.19/server-server-api/#signing-events).
public final class EventSignatures {
    private EventSignatures() {}

    /// The event with the signature of `signer` added to those that it already has.
    public static Pdu sign(Pdu event, JsonSigner signer) {
        JsonObject signed = signer.sign(Redaction.redact(event.version().rules(), event.json()));
        return event.withSignatures(signed.object("signatures").orElseThrow());
    }

    /// Checks the signatures of `server` on the event.
    ///
    /// @param keys the server's keys; from room version 5 on only those that were valid at the
    ///   event's `origin_server_ts`
    public static SignatureVerdict verify(Pdu event, ServerName server, VerifyKeys keys) {
        JsonObject redacted = Redaction.redact(event.version().rules(), event.json());
        return JsonSignatures.verify(redacted, server.value(), keys);
    }

    /// The servers whose signatures a received event must have: that of the sender, unless the
    /// event is an invite that was made for a third-party identifier; in room versions 1 and 2 the
    /// one in the event's id; and where restricted joins exist the one that authorised the join.
    ///
    /// See [Validating hashes and signatures on received
    /// events](https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events).
    public static Set<ServerName> requiredSigners(Pdu event) {
        RoomVersionRules rules = event.version().rules();
        var signers = new LinkedHashSet<ServerName>();
        if (!isThirdPartyInvite(event)) {
            signers.add(event.sender().serverName());
        }
        if (rules.eventIdForm() == EventIdForm.CHOSEN_BY_ORIGIN) {
            String id = event.eventId().value();
            signers.add(new ServerName(id.substring(id.indexOf(':') + 1)));
        }
        if (rules.restrictedJoins() && isMember(event, "join")) {
            event.content()
                    .string("join_authorised_via_users_server")
                    .flatMap(UserId::parse)
                    .ifPresent(user -> signers.add(user.serverName()));
        }
        return signers;
    }

    private static boolean isThirdPartyInvite(Pdu event) {
        return isMember(event, "invite") && event.content().has("third_party_invite");
    }

    private static boolean isMember(Pdu event, String membership) {
        return event.type().equals(EventTypes.MEMBER)
                && event.content().string("membership").filter(membership::equals).isPresent();
    }
}
