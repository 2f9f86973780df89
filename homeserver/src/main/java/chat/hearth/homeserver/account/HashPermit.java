package chat.hearth.homeserver.account;

/// The permission to hash one password. Hashing is expensive, so it is asked for one before it does
/// anything, whether the password will turn out to be right or wrong: see
/// [AccountLimits#permitHash].
public final class HashPermit {
    private final String key;

    private HashPermit(String key) {
        this.key = key;
    }

    /// A permit that was paid for.
    ///
    /// @param key for whom the password is hashed; of one key only one hash waits for its turn
    static HashPermit paid(String key) {
        return new HashPermit(key);
    }

    /// A permit for an operator: at the command line, or with the secret of the server's tools.
    ///
    /// @param key the account that the password is for
    public static HashPermit ofOperator(String key) {
        return new HashPermit(key);
    }

    String key() {
        return key;
    }
}
