package chat.hearth.protocol.push;

import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;

/// The kinds of push rules, in the order in which they are checked.
public enum RuleKind {
    /// Rules with conditions, above all others.
    OVERRIDE("override"),
    /// Rules for messages whose body has a pattern.
    CONTENT("content"),
    /// Rules for all events of a room, whose id is the rule's.
    ROOM("room"),
    /// Rules for all events of a user, whose id is the rule's.
    SENDER("sender"),
    /// Rules with conditions, below all others.
    UNDERRIDE("underride");

    private static final String SCOPE = "global";

    private final String wireName;

    RuleKind(String wireName) {
        this.wireName = wireName;
    }

    /// The kind's name in paths and rulesets.
    public String wireName() {
        return wireName;
    }

    /// The kind named in a path.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when there is no such kind
    public static RuleKind parse(String wireName) {
        for (RuleKind kind : values()) {
            if (kind.wireName.equals(wireName)) {
                return kind;
            }
        }
        throw MatrixException.invalidParam("Unknown kind of push rule: " + Excerpt.of(wireName));
    }

    /// Checks a path's scope. There is only `global`.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when it is another one
    public static void checkScope(String scope) {
        if (!scope.equals(SCOPE)) {
            throw MatrixException.invalidParam("Unknown scope of push rules: " + Excerpt.of(scope));
        }
    }

    boolean hasConditions() {
        return this == OVERRIDE || this == UNDERRIDE;
    }
}
