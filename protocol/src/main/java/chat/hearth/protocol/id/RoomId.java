package chat.hearth.protocol.id;

import java.util.Optional;

/// A room's id: `!opaque:server` up to room version 11, `!` and the create event's reference hash
/// from version 12 on.
///
/// See [Room IDs](https://spec.matrix.org/v1.19/appendices/#room-ids).
///
/// @param value the whole id
public record RoomId(String value) {
    /// Refuses what is not a room id.
    public RoomId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid room id");
        }
    }

    /// The room id in `text`, if it is one.
    public static Optional<RoomId> parse(String text) {
        return isValid(text) ? Optional.of(new RoomId(text)) : Optional.empty();
    }

    /// Whether `text` is a room id of either form.
    public static boolean isValid(String text) {
        return text.length() > 1
                && text.charAt(0) == '!'
                && Grammar.fits(text)
                && Grammar.isLegalText(text)
                && (text.indexOf(':') < 0 || Grammar.colon(text, '!') > 0);
    }

    /// The server that made the room, where the id names one.
    public Optional<ServerName> serverName() {
        int colon = value.indexOf(':');
        return colon < 0 ? Optional.empty() : ServerName.parse(value.substring(colon + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
