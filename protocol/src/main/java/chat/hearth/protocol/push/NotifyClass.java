package chat.hearth.protocol.push;

import java.util.ArrayList;
import java.util.List;

/// The compiled rules of all users whose rules are equal in a room. Immutable; made from the key
/// that [UserPushRules#classIn(String)] gives, and worth keeping for as long as members have it.
public final class NotifyClass {
    /// The class of users who changed nothing that matters in the room: nearly all.
    public static final NotifyClass DEFAULT = of(UserPushRules.NONE);

    private final List<Rule> rules;

    /// A rule split into what is the same for all users and what is not.
    private record Rule(
            List<Condition.Common> common, List<Condition.Personal> personal, PushOutcome outcome) {
        static Rule of(PushRule rule) {
            var common = new ArrayList<Condition.Common>();
            var personal = new ArrayList<Condition.Personal>();
            for (Condition condition : rule.allConditions()) {
                switch (condition) {
                    case Condition.Common each -> common.add(each);
                    case Condition.Personal each -> personal.add(each);
                }
            }
            return new Rule(common, personal, PushOutcome.of(rule.id(), rule.actions()));
        }

        boolean mayMatch(PushEvent event, RoomFacts room) {
            for (Condition.Common condition : common) {
                if (!condition.holds(event, room)) {
                    return false;
                }
            }
            return true;
        }
    }

    private NotifyClass(List<Rule> rules) {
        this.rules = rules;
    }

    /// The class of those whose rules are `rules`.
    public static NotifyClass of(UserPushRules rules) {
        return new NotifyClass(
                rules.inOrder().stream().filter(PushRule::enabled).map(Rule::of).toList());
    }

    /// What the class makes of `event`. Takes time in the number of rules, not of members.
    public NotifyVerdict evaluate(PushEvent event, RoomFacts room) {
        var personal = new ArrayList<NotifyVerdict.PersonalRule>();
        for (Rule rule : rules) {
            if (rule.mayMatch(event, room)) {
                if (rule.personal.isEmpty()) {
                    return new NotifyVerdict(event, rule.outcome, personal);
                }
                personal.add(new NotifyVerdict.PersonalRule(rule.personal, rule.outcome));
            }
        }
        return new NotifyVerdict(event, PushOutcome.NONE, personal);
    }
}
