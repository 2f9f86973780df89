package chat.hearth.http;

/// Knows whose an access token is. Asked on every request that may carry a token, so it has to be
/// fast; called by any number of threads at once.
@FunctionalInterface
public interface AccessTokens {
    /// Whose `token` is.
    ///
    /// @param token what the request carries, never empty
    /// @param request for what an application service may add: the query parameters `user_id` and
    ///   `device_id`
    /// @throws chat.hearth.protocol.error.MatrixException when an application service may not act
    ///   as the user that it names
    TokenOwner owner(String token, Request request);
}
