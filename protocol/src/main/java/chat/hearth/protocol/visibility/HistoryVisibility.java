package chat.hearth.protocol.visibility;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.json.JsonObject;
import java.util.Optional;

/// What a room's `m.room.history_visibility` says about the events sent while it holds.
///
/// See [Room History
/// Visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
public enum HistoryVisibility {
    /// Everybody may see the events, members or not.
    WORLD_READABLE("world_readable"),
    /// Members may see the events, also those who joined later.
    SHARED("shared"),
    /// Who was invited or joined at the time may see the events.
    INVITED("invited"),
    /// Who was joined at the time may see the events.
    JOINED("joined");

    /// What holds in a room that has set none, or one that is not understood.
    public static final HistoryVisibility DEFAULT = SHARED;

    private final String id;

    HistoryVisibility(String id) {
        this.id = id;
    }

    /// The visibility set by an event with this content; [#DEFAULT] when it is not understood.
    public static HistoryVisibility of(JsonObject content) {
        return content.string("history_visibility")
                .flatMap(HistoryVisibility::find)
                .orElse(DEFAULT);
    }

    /// The visibility with this name, if there is one.
    public static Optional<HistoryVisibility> find(String id) {
        for (HistoryVisibility visibility : values()) {
            if (visibility.id.equals(id)) {
                return Optional.of(visibility);
            }
        }
        return Optional.empty();
    }

    /// The visibility as it stands in events.
    public String id() {
        return id;
    }

    /// Whether an event sent while this visibility held may be seen by a user.
    ///
    /// @param membership the user's membership at the event
    /// @param joinsLater whether the user joined the room at any point after the event
    boolean allows(Membership membership, boolean joinsLater) {
        return this == WORLD_READABLE
                || membership == Membership.JOIN
                || (this == SHARED && joinsLater)
                || (this == INVITED && membership == Membership.INVITE);
    }
}
