package chat.hearth.http;

/// Whose an access token is.
///
/// See [Using access tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens).
public sealed interface TokenOwner {
    /// The token is valid.
    record Known(Requester requester) implements TokenOwner {}

    /// The token is valid and its account is locked.
    record Locked(Requester requester) implements TokenOwner {}

    /// The token was valid; the client may get a new one and keep what it stored (soft logout).
    record Expired() implements TokenOwner {}

    /// The token was never valid or is logged out.
    record Unknown() implements TokenOwner {}
}
