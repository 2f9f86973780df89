package chat.hearth.rooms.create;

import java.util.Optional;

/// The presets of `createRoom`: who may join, see the history and come as a guest.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
public enum Preset {
    /// By invitation.
    PRIVATE_CHAT("private_chat", "invite", "shared", "can_join"),
    /// By invitation, and the invited users are as powerful as the creator.
    TRUSTED_PRIVATE_CHAT("trusted_private_chat", "invite", "shared", "can_join"),
    /// Open to everyone.
    PUBLIC_CHAT("public_chat", "public", "shared", "forbidden");

    private final String id;
    private final String joinRule;
    private final String historyVisibility;
    private final String guestAccess;

    Preset(String id, String joinRule, String historyVisibility, String guestAccess) {
        this.id = id;
        this.joinRule = joinRule;
        this.historyVisibility = historyVisibility;
        this.guestAccess = guestAccess;
    }

    /// The preset named `id`, if there is one.
    public static Optional<Preset> find(String id) {
        for (Preset preset : values()) {
            if (preset.id.equals(id)) {
                return Optional.of(preset);
            }
        }
        return Optional.empty();
    }

    String joinRule() {
        return joinRule;
    }

    String historyVisibility() {
        return historyVisibility;
    }

    String guestAccess() {
        return guestAccess;
    }
}
