package chat.hearth.protocol.id;

import java.util.Optional;

/// A user's id, `@localpart:server`. Historical localparts are accepted: any characters but the
/// colon and NUL, even none.
///
/// See [User identifiers](https://spec.matrix.org/v1.19/appendices/#user-identifiers).
///
/// @param value the whole id
public record UserId(String value) {
    /// Refuses what is not a user id.
    public UserId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid user id");
        }
    }

    /// The user id in `text`, if it is one.
    public static Optional<UserId> parse(String text) {
        return isValid(text) ? Optional.of(new UserId(text)) : Optional.empty();
    }

    /// Whether `text` is a user id.
    public static boolean isValid(String text) {
        return Grammar.colon(text, '@') > 0;
    }

    /// The id of a new local user.
    ///
    /// @throws IllegalArgumentException when the localpart is not one that new users may have
    public static UserId of(String localpart, ServerName server) {
        if (!isNewLocalpart(localpart)) {
            throw new IllegalArgumentException("Not a valid localpart");
        }
        return new UserId("@" + localpart + ":" + server.value());
    }

    /// Whether a new user may have this localpart: one or more of `a-z 0-9 . _ = - / +`.
    public static boolean isNewLocalpart(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c ->
                                        c >= 'a' && c <= 'z'
                                                || c >= '0' && c <= '9'
                                                || "._=-/+".indexOf(c) >= 0);
    }

    /// The part between `@` and the first colon.
    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    /// The server that the user belongs to.
    public ServerName serverName() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    /// Whether the user belongs to `server`, compared exactly.
    public boolean isOn(ServerName server) {
        int colon = value.indexOf(':');
        String name = server.value();
        return value.length() - colon - 1 == name.length() && value.endsWith(name);
    }

    /// Whether both users belong to the same server, compared exactly.
    public boolean sharesServerWith(UserId other) {
        int colon = value.indexOf(':');
        int otherColon = other.value.indexOf(':');
        int length = value.length() - colon;
        return length == other.value.length() - otherColon
                && value.regionMatches(colon, other.value, otherColon, length);
    }

    @Override
    public String toString() {
        return value;
    }
}
