package chat.hearth.protocol.push;

import chat.hearth.protocol.json.JsonString;
import java.util.ArrayList;
import java.util.List;

/// Rules of users' own that are about one room: the room's rule, and those that ask for the room by
/// its id.
final class RoomRules {
    private static final String ROOM_ID = "room_id";

    private RoomRules() {}

    /// `rules` with a copy for the room `to` right behind each rule for the room `from`. Where a
    /// rule for `to` is there already, it stays as it is.
    static List<PushRule> alsoForRoom(List<PushRule> rules, String from, String to) {
        var all = new ArrayList<PushRule>();
        for (PushRule rule : rules) {
            all.add(rule);
            if (isAbout(rule, from)) {
                PushRule copy = copy(rule, from, to);
                boolean fits = copy.id().length() <= RuleRequest.ID_CHARS_MAX;
                if (fits && rules.stream().noneMatch(each -> each.id().equals(copy.id()))) {
                    all.add(copy);
                }
            }
        }
        return all;
    }

    private static boolean isAbout(PushRule rule, String room) {
        return rule.kind() == RuleKind.ROOM && rule.id().equals(room)
                || rule.conditions().stream().anyMatch(condition -> asksFor(condition, room));
    }

    private static boolean asksFor(Condition condition, String room) {
        return switch (condition) {
            case Condition.EventMatch match ->
                    match.key().equals(ROOM_ID) && match.glob().pattern().equals(room);
            case Condition.PropertyIs is ->
                    is.key().equals(ROOM_ID) && is.value().equals(new JsonString(room));
            case Condition.Common _, Condition.Personal _ -> false;
        };
    }

    /// Clients give rules that mute a room the room's id, too.
    private static PushRule copy(PushRule rule, String from, String to) {
        String id = rule.id().equals(from) ? to : rule.id() + "_" + to;
        List<Condition> conditions =
                rule.conditions().stream()
                        .map(condition -> asksFor(condition, from) ? askingFor(to) : condition)
                        .toList();
        return new PushRule(
                rule.kind(),
                id,
                rule.isDefault(),
                rule.enabled(),
                conditions,
                rule.pattern(),
                rule.actions());
    }

    private static Condition askingFor(String room) {
        return Condition.EventMatch.of(ROOM_ID, room);
    }
}
