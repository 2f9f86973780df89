package chat.hearth.protocol.push;

import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import java.util.Arrays;
import java.util.Optional;

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
        return find(wireName)
                .orElseThrow(
                        () ->
                                MatrixException.invalidParam(
                                        "Unknown kind of push rule: " + Excerpt.of(wireName)));
    }

    /// The kind of a rule that should be there, named in a path.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such scope or kind, and so no
    ///   such rule
    public static RuleKind existing(String scope, String wireName) {
        return find(wireName)
                .filter(_ -> scope.equals(SCOPE))
                .orElseThrow(() -> MatrixException.notFound("There is no such push rule"));
    }

    /// Checks the scope of rules that are to be read.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such scope
    public static void requireScope(String scope) {
        if (!scope.equals(SCOPE)) {
            throw MatrixException.notFound("There are no push rules of this scope");
        }
    }

    private static Optional<RuleKind> find(String wireName) {
        return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
    }

    /// Checks the scope of a rule that is to be made. There is only `global`.
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
