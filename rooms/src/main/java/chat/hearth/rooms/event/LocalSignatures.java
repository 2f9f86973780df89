package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.SignatureCheck;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.sign.JsonSignatures;

/// Answers the rules' questions about signatures for events that are made here: they will bear this
/// server's signature, and no other's.
public final class LocalSignatures implements SignatureCheck {
    private final ServerName server;

    /// Answers for the events of `server`.
    public LocalSignatures(ServerName server) {
        this.server = server;
    }

    @Override
    public boolean isSignedBy(Event event, ServerName signer) {
        return signer.equals(server);
    }

    @Override
    public boolean isSignedWith(JsonObject signed, String publicKey) {
        return JsonSignatures.isSignedWith(signed, publicKey);
    }
}
