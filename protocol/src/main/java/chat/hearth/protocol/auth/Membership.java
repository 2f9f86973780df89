package chat.hearth.protocol.auth;

import chat.hearth.protocol.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a user is to a room. Who never had anything to do with it counts as having left.
///
/// See [m.room.member](https://spec.matrix.org/v1.19/client-server-api/#mroommember).
public enum Membership {
    /// Asked to come in.
    INVITE("invite"),
    /// In the room.
    JOIN("join"),
    /// Asking to be let in.
    KNOCK("knock"),
    /// Outside: left, kicked, unbanned, or never was there.
    LEAVE("leave"),
    /// Kept outside.
    BAN("ban");

    private final String id;

    Membership(String id) {
        this.id = id;
    }

    /// The membership as it stands in events.
    public String id() {
        return id;
    }

    /// The membership named `id`, if there is one.
    public static Optional<Membership> find(String id) {
        for (Membership membership : values()) {
            if (membership.id.equals(id)) {
                return Optional.of(membership);
            }
        }
        return Optional.empty();
    }

    /// The membership in the content of an `m.room.member` event; [#LEAVE] when there is no event
    /// or its membership is unknown.
    public static Membership of(@Nullable JsonObject content) {
        return content == null
                ? LEAVE
                : content.string("membership").flatMap(Membership::find).orElse(LEAVE);
    }
}
