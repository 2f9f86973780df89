package chat.hearth.protocol.push;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What one user changed of the default push rules: the user's own rules in order, and the default
/// rules that were switched or given other actions. Immutable; every change makes new rules. Equal
/// when everything in them is, so equal rules of many users can be kept and compiled once.
///
/// Methods that a client's request leads to throw [MatrixException] with the answer.
public final class UserPushRules {
    /// Nothing was changed.
    public static final UserPushRules NONE = new UserPushRules(Map.of(), Map.of());

    private final Map<RuleKind, List<PushRule>> own;

    /// Changed default rules by id; their ids are unique among all kinds.
    private final Map<String, PushRule> changed;

    UserPushRules(Map<RuleKind, List<PushRule>> own, Map<String, PushRule> changed) {
        this.own = Map.copyOf(own);
        this.changed = Map.copyOf(changed);
    }

    /// Reads what [#toJson()] wrote.
    ///
    /// @throws MatrixException when it is nothing that was written so
    public static UserPushRules parse(JsonObject stored) {
        return StoredRules.read(stored);
    }

    /// The form for storing: only what differs from the defaults, and nothing that depends on whose
    /// rules they are.
    public JsonObject toJson() {
        return StoredRules.write(own, changed);
    }

    /// Whether nothing was changed.
    public boolean isNone() {
        return own.isEmpty() && changed.isEmpty();
    }

    /// The answer to `GET /pushrules/`, and the content of the account data `m.push_rules`, for the
    /// user with the id `owner`.
    public JsonObject rulesets(String owner) {
        return JsonObject.builder().put("global", global(owner)).build();
    }

    /// The answer to `GET /pushrules/global/`.
    public JsonObject global(String owner) {
        var global = JsonObject.builder();
        for (RuleKind kind : RuleKind.values()) {
            List<JsonValue> rules =
                    rules(kind).stream().<JsonValue>map(rule -> rule.toJson(owner)).toList();
            global.put(kind.wireName(), new JsonArray(rules));
        }
        return global.build();
    }

    /// One rule as its owner sees it.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such rule
    public JsonObject rule(RuleKind kind, String id, String owner) {
        return find(kind, id).toJson(owner);
    }

    /// The answer to `GET …/enabled`.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such rule
    public JsonObject enabled(RuleKind kind, String id) {
        return JsonObject.builder().put("enabled", find(kind, id).enabled()).build();
    }

    /// The answer to `GET …/actions`.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such rule
    public JsonObject actions(RuleKind kind, String id) {
        return JsonObject.builder().put("actions", find(kind, id).actions()).build();
    }

    /// These rules with the user's own rule `id` created or updated from the body of a `PUT`. A new
    /// rule is enabled and the most important of its kind; an updated one keeps its switch and,
    /// without `before` or `after`, its place.
    ///
    /// @param before the own rule just above which to put it, or null; goes before `after`
    /// @param after the own rule just below which to put it, or null
    /// @throws MatrixException 400 when id, body or neighbour are not right, or a limit is reached
    public UserPushRules put(
            RuleKind kind,
            String id,
            JsonObject body,
            @Nullable String before,
            @Nullable String after) {
        RuleRequest.checkId(id);
        PushRule made = RuleRequest.read(kind, id, body);
        List<PushRule> rules = new ArrayList<>(own(kind));
        int old = indexOf(rules, id);
        PushRule rule = old < 0 ? made : made.withEnabled(rules.remove(old).enabled());
        int place = Math.max(old, 0);
        if (before != null) {
            place = neighbour(rules, before);
        } else if (after != null) {
            place = neighbour(rules, after) + 1;
        }
        rules.add(place, rule);
        UserPushRules result = withOwn(kind, rules);
        RuleRequest.checkTotal(result.allOwn());
        return result;
    }

    /// These rules without the user's own rule `id`.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when the user has no such rule
    public UserPushRules delete(RuleKind kind, String id) {
        List<PushRule> rules = new ArrayList<>(own(kind));
        if (!rules.removeIf(rule -> rule.id().equals(id))) {
            throw MatrixException.notFound("There is no such push rule of your own");
        }
        return withOwn(kind, rules);
    }

    /// These rules with a copy of each own rule about the room `from` for the room `to`, as
    /// somebody needs who moves there; rules for `to` that are there stay.
    ///
    /// @throws MatrixException 400 when a limit is reached
    public UserPushRules alsoForRoom(String from, String to) {
        Map<RuleKind, List<PushRule>> copy = new EnumMap<>(RuleKind.class);
        own.forEach((kind, rules) -> copy.put(kind, RoomRules.alsoForRoom(rules, from, to)));
        var result = new UserPushRules(copy, changed);
        RuleRequest.checkTotal(result.allOwn());
        return result;
    }

    /// These rules with a rule switched as the body of `PUT …/enabled` says.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such rule, 400 for a wrong body
    public UserPushRules setEnabled(RuleKind kind, String id, JsonObject body) {
        if (!body.has("enabled")) {
            throw MatrixException.missingParam("The request needs 'enabled'");
        }
        boolean enabled =
                body.bool("enabled")
                        .orElseThrow(
                                () -> MatrixException.badJson("'enabled' must be true or false"));
        return change(kind, id, rule -> rule.withEnabled(enabled));
    }

    /// These rules with a rule's actions as the body of `PUT …/actions` says.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when there is no such rule, 400 for a wrong body
    public UserPushRules setActions(RuleKind kind, String id, JsonObject body) {
        JsonArray actions = PushActions.read(body);
        return change(kind, id, rule -> rule.withActions(actions));
    }

    /// The key of the class of users whose rules are equal in the room `roomId`: these rules
    /// without what cannot matter there, rules that are off and rules for other rooms. [#NONE] for
    /// nearly everybody, those included who only muted other rooms.
    public UserPushRules classIn(String roomId) {
        if (isNone()) {
            return NONE;
        }
        PushRule master = changed.get(DefaultRules.MASTER.id());
        if (master != null && master.enabled()) {
            return new UserPushRules(Map.of(), Map.of(master.id(), master));
        }
        Map<RuleKind, List<PushRule>> kept = new EnumMap<>(RuleKind.class);
        Predicate<PushRule> matters =
                rule ->
                        rule.enabled()
                                && (rule.kind() != RuleKind.ROOM || rule.id().equals(roomId));
        own.forEach((kind, rules) -> putUnlessEmpty(kept, kind, rules, matters));
        return kept.isEmpty() && changed.isEmpty() ? NONE : new UserPushRules(kept, changed);
    }

    /// All rules in the order in which they are checked.
    List<PushRule> inOrder() {
        var all = new ArrayList<PushRule>();
        for (RuleKind kind : RuleKind.values()) {
            all.addAll(rules(kind));
        }
        return all;
    }

    private List<PushRule> rules(RuleKind kind) {
        var rules = new ArrayList<PushRule>();
        if (kind == DefaultRules.MASTER.kind()) {
            rules.add(current(DefaultRules.MASTER));
        }
        rules.addAll(own(kind));
        DefaultRules.after(kind).forEach(rule -> rules.add(current(rule)));
        return rules;
    }

    private PushRule current(PushRule rule) {
        return changed.getOrDefault(rule.id(), rule);
    }

    private List<PushRule> own(RuleKind kind) {
        return own.getOrDefault(kind, List.of());
    }

    private List<PushRule> allOwn() {
        return own.values().stream().flatMap(List::stream).toList();
    }

    private PushRule find(RuleKind kind, String id) {
        return rules(kind).stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> MatrixException.notFound("There is no such push rule"));
    }

    private UserPushRules change(RuleKind kind, String id, UnaryOperator<PushRule> edit) {
        PushRule rule = edit.apply(find(kind, id));
        if (rule.isDefault()) {
            return withChanged(rule);
        }
        List<PushRule> rules = new ArrayList<>(own(kind));
        rules.set(indexOf(rules, id), rule);
        return withOwn(kind, rules);
    }

    /// Drops the change when the rule is again as the server has it, so that its owner goes back to
    /// the class of those who changed nothing.
    private UserPushRules withChanged(PushRule rule) {
        var copy = new HashMap<>(changed);
        if (rule.equals(DefaultRules.find(rule.kind(), rule.id()))) {
            copy.remove(rule.id());
        } else {
            copy.put(rule.id(), rule);
        }
        return new UserPushRules(own, copy);
    }

    private UserPushRules withOwn(RuleKind kind, List<PushRule> rules) {
        Map<RuleKind, List<PushRule>> copy = new EnumMap<>(RuleKind.class);
        copy.putAll(own);
        copy.remove(kind);
        putUnlessEmpty(copy, kind, rules, _ -> true);
        return new UserPushRules(copy, changed);
    }

    private static void putUnlessEmpty(
            Map<RuleKind, List<PushRule>> map,
            RuleKind kind,
            List<PushRule> rules,
            Predicate<PushRule> kept) {
        List<PushRule> rest = rules.stream().filter(kept).toList();
        if (!rest.isEmpty()) {
            map.put(kind, rest);
        }
    }

    private static int indexOf(List<PushRule> rules, String id) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static int neighbour(List<PushRule> rules, String id) {
        int index = indexOf(rules, id);
        if (index < 0) {
            throw RuleRequest.noNeighbour(id);
        }
        return index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserPushRules rules
                && rules.own.equals(own)
                && rules.changed.equals(changed);
    }

    @Override
    public int hashCode() {
        return 31 * own.hashCode() + changed.hashCode();
    }
}
