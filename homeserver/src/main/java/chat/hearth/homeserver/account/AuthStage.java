package chat.hearth.homeserver.account;

import chat.hearth.protocol.json.JsonObject;

/// Something that can be proved in the course of interactive authentication.
///
/// See [Authentication
/// types](https://spec.matrix.org/v1.19/client-server-api/#authentication-types).
interface AuthStage {
    /// Proves that one knows the account's password.
    String PASSWORD = "m.login.password";

    /// Proves nothing.
    String DUMMY = "m.login.dummy";

    /// Proves that one was given a registration token.
    String REGISTRATION_TOKEN = "m.login.registration_token";

    /// Checks what a client proves.
    ///
    /// @param auth the member `auth` of the request
    /// @param address where the request comes from
    /// @throws chat.hearth.protocol.error.MatrixException 401 when it may try again, anything else
    ///   when the request ends there
    void prove(AuthSession session, JsonObject auth, String address);
}
