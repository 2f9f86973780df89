package chat.hearth.bench.micro;

import chat.hearth.protocol.auth.SignatureCheck;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;

/// Signatures were found good when the events came in.
record CheckedBefore() implements SignatureCheck {
    @Override
    public boolean isSignedBy(Event event, ServerName server) {
        return true;
    }

    @Override
    public boolean isSignedWith(JsonObject signed, String publicKey) {
        return true;
    }
}
