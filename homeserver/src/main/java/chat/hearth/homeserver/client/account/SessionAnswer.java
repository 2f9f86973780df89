package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.OpenedSession;
import chat.hearth.homeserver.account.OpenedSession.Expiry;
import chat.hearth.homeserver.account.OpenedSession.Tokens;
import chat.hearth.homeserver.account.Registration.Registered;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;

/// A new session, as logging in, registering and refreshing answer it.
final class SessionAnswer {
    private SessionAnswer() {}

    static JsonObject of(OpenedSession session) {
        return JsonObject.builder()
                .putAll(of(session.userId()))
                .put("device_id", session.deviceId())
                .putAll(of(session.tokens()))
                .build();
    }

    static JsonObject of(Registered registered) {
        OpenedSession session = registered.session();
        return session == null ? of(registered.userId()) : of(session);
    }

    /// `home_server` is deprecated, but there are clients that need it.
    static JsonObject of(UserId user) {
        return JsonObject.builder()
                .put("user_id", user.value())
                .put("home_server", user.serverName().value())
                .build();
    }

    static JsonObject of(Tokens tokens) {
        var answer = JsonObject.builder().put("access_token", tokens.access());
        Expiry expiry = tokens.expiry();
        if (expiry != null) {
            answer.put("refresh_token", expiry.refresh()).put("expires_in_ms", expiry.millis());
        }
        return answer.build();
    }
}
