package chat.hearth.rooms.presence;

import java.util.Locale;
import java.util.Optional;

/// Whether a user is around.
public enum PresenceState {
    /// Connected, and not idle.
    ONLINE,
    /// Connected, but idle.
    UNAVAILABLE,
    /// Not connected, or not to be seen.
    OFFLINE;

    /// The state with a name.
    public static Optional<PresenceState> parse(String wireName) {
        return switch (wireName) {
            case "online" -> Optional.of(ONLINE);
            case "unavailable" -> Optional.of(UNAVAILABLE);
            case "offline" -> Optional.of(OFFLINE);
            default -> Optional.empty();
        };
    }

    /// The name in events and bodies.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
