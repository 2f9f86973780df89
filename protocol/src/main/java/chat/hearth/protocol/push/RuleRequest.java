package chat.hearth.protocol.push;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.JsonWriter;
import java.util.List;

/// Checks what clients ask of their own rules. The specification sets no limits here; these bound
/// what one user's rules cost to store and to match.
final class RuleRequest {
    /// An id has at most this many characters: room and user ids fit.
    static final int ID_CHARS_MAX = 255;

    /// A user may have this many rules of their own.
    static final int RULES_MAX = 1_000;

    /// One rule may be this long, as JSON.
    static final int RULE_BYTES_MAX = 8 * 1024;

    /// All patterns of a user's rules together may have this many characters, so that no event is
    /// slow to match however many rules there are.
    static final int PATTERN_CHARS_MAX = 32 * 1024;

    private RuleRequest() {}

    static void checkId(String id) {
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            throw MatrixException.invalidParam(
                    "A rule id has 1 to " + ID_CHARS_MAX + " characters");
        }
        if (id.startsWith(".")) {
            throw MatrixException.invalidParam("Rule ids that start with '.' are the server's");
        }
        if (id.indexOf('/') >= 0 || id.indexOf('\\') >= 0) {
            throw MatrixException.invalidParam("A rule id may not contain slashes");
        }
    }

    static PushRule read(RuleKind kind, String id, JsonObject body) {
        JsonArray actions = PushActions.read(body);
        List<Condition> conditions = kind.hasConditions() ? ConditionReader.read(body) : List.of();
        String pattern = kind == RuleKind.CONTENT ? pattern(body) : null;
        var rule = new PushRule(kind, id, false, true, conditions, pattern, actions);
        if (JsonWriter.bytes(rule.toJson("")).length > RULE_BYTES_MAX) {
            throw MatrixException.invalidParam(
                    "A push rule may have " + RULE_BYTES_MAX + " bytes at most");
        }
        return rule;
    }

    private static String pattern(JsonObject body) {
        return switch (body.value("pattern")) {
            case null -> throw MatrixException.missingParam("A content rule needs 'pattern'");
            case JsonString pattern -> pattern.value();
            case JsonValue _ -> throw MatrixException.badJson("'pattern' must be a string");
        };
    }

    static void checkTotal(List<PushRule> own) {
        if (own.size() > RULES_MAX) {
            throw MatrixException.invalidParam("There may be " + RULES_MAX + " rules at most");
        }
        if (own.stream().mapToInt(PushRule::patternChars).sum() > PATTERN_CHARS_MAX) {
            throw MatrixException.invalidParam("The patterns of your rules are too long together");
        }
    }

    static MatrixException noNeighbour(String id) {
        return new MatrixException(
                ErrCode.M_UNKNOWN, 400, "before/after rule not found: " + Excerpt.of(id));
    }
}
