package chat.hearth.storage;

import java.util.Locale;
import java.util.Optional;

/// A user's membership of a room.
///
/// See [m.room.member](https://spec.matrix.org/v1.19/client-server-api/#mroommember).
public enum MembershipState {
    /// Invited.
    INVITE(1),
    /// Joined.
    JOIN(2),
    /// Asked to be let in.
    KNOCK(3),
    /// Left, was kicked, or was never there.
    LEAVE(4),
    /// Banned.
    BAN(5);

    private final int code;

    MembershipState(int code) {
        this.code = code;
    }

    /// The membership named `text` in an event's content.
    public static Optional<MembershipState> parse(String text) {
        return switch (text) {
            case "invite" -> Optional.of(INVITE);
            case "join" -> Optional.of(JOIN);
            case "knock" -> Optional.of(KNOCK);
            case "leave" -> Optional.of(LEAVE);
            case "ban" -> Optional.of(BAN);
            default -> Optional.empty();
        };
    }

    /// The membership stored as `code`.
    ///
    /// @throws StorageException when there is none
    public static MembershipState ofCode(int code) {
        for (MembershipState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new StorageException("Unknown membership code " + code);
    }

    /// The number stored for it; never changes.
    public int code() {
        return code;
    }

    /// The name in an event's content.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
