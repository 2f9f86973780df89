package chat.hearth.protocol.auth;

import chat.hearth.protocol.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may join a room. A rule that this room version or this server does not know lets nobody in.
///
/// See [m.room.join_rules](https://spec.matrix.org/v1.19/client-server-api/#mroomjoin_rules).
public enum JoinRule {
    /// Anyone.
    PUBLIC("public"),
    /// Who was invited. Also holds where no rule is set.
    INVITE("invite"),
    /// Who was invited, for instance after knocking; room version 7 and later.
    KNOCK("knock"),
    /// Who was invited or fulfils a condition; room version 8 and later.
    RESTRICTED("restricted"),
    /// Who was invited, may knock, or fulfils a condition; room version 10 and later.
    KNOCK_RESTRICTED("knock_restricted"),
    /// Reserved by the specification, lets nobody in.
    PRIVATE("private"),
    /// A rule that the specification does not name.
    UNKNOWN("");

    private final String id;

    JoinRule(String id) {
        this.id = id;
    }

    /// The rule as it stands in events; empty for [#UNKNOWN].
    public String id() {
        return id;
    }

    /// The rule named `id`, if the specification has one.
    public static Optional<JoinRule> find(String id) {
        for (JoinRule rule : values()) {
            if (rule != UNKNOWN && rule.id.equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /// The rule in the content of an `m.room.join_rules` event; [#INVITE] when there is no event or
    /// it sets no rule.
    public static JoinRule of(@Nullable JsonObject content) {
        if (content == null || !content.has("join_rule")) {
            return INVITE;
        }
        return content.string("join_rule").flatMap(JoinRule::find).orElse(UNKNOWN);
    }
}
