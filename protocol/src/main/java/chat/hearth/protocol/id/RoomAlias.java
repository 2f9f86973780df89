package chat.hearth.protocol.id;

import java.util.Optional;

/// A room's alias, `#localpart:server`.
///
/// See [Room aliases](https://spec.matrix.org/v1.19/appendices/#room-aliases).
///
/// @param value the whole alias
public record RoomAlias(String value) {
    /// Refuses what is not a room alias.
    public RoomAlias {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid room alias");
        }
    }

    /// The room alias in `text`, if it is one.
    public static Optional<RoomAlias> parse(String text) {
        return isValid(text) ? Optional.of(new RoomAlias(text)) : Optional.empty();
    }

    /// Whether `text` is a room alias.
    public static boolean isValid(String text) {
        return Grammar.colon(text, '#') > 1;
    }

    /// The server that the alias belongs to.
    public ServerName serverName() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    /// Whether the alias belongs to `server`.
    public boolean isOn(ServerName server) {
        return value.substring(value.indexOf(':') + 1).equals(server.value());
    }

    @Override
    public String toString() {
        return value;
    }
}
