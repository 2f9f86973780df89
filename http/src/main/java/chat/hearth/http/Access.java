package chat.hearth.http;

/// Who may call an endpoint. The server checks it before the endpoint runs and before it reads the
/// body.
///
/// See [Client
/// authentication](https://spec.matrix.org/v1.19/client-server-api/#client-authentication).
///
/// @param need whether an access token is needed
/// @param guests whether guests may call it
/// @param locked whether it stays open to locked accounts
public record Access(Need need, boolean guests, boolean locked) {
    /// Anybody; an access token is not even looked at.
    public static final Access PUBLIC = new Access(Need.NONE, true, true);

    /// Anybody; when there is an access token it must be a valid one, and the endpoint learns
    /// whose.
    public static final Access OPTIONAL = new Access(Need.OPTIONAL, true, false);

    /// Users with an account, not guests. What a route has unless it says otherwise.
    public static final Access USER = new Access(Need.TOKEN, false, false);

    /// Users and guests.
    public static final Access USER_OR_GUEST = new Access(Need.TOKEN, true, false);

    /// Users and guests, their accounts locked or not: logging out.
    public static final Access EVEN_LOCKED = new Access(Need.TOKEN, true, true);

    /// Server administrators.
    public static final Access ADMIN = new Access(Need.ADMIN, false, false);

    /// Whether an endpoint needs an access token.
    public enum Need {
        /// No token is looked at.
        NONE,
        /// A token is checked when there is one.
        OPTIONAL,
        /// A valid token is needed.
        TOKEN,
        /// A valid token of a server administrator is needed.
        ADMIN
    }
}
