package chat.hearth.protocol.push;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one class of users makes of one event: an outcome for a plain member, and the rules that
/// single out some members before that outcome is reached.
///
/// A room counts the event as unread for all plain members at once when `plain().notifies()`, and
/// as highlighted for all of them when `plain().highlights()` (a room mention, a tombstone).
/// Whatever differs is in [#exceptions()], whose size is bounded by the event's and not by the
/// room's. Only when [#asksDisplayNames()], which no default rule does, must each member of the
/// class be asked with [#outcomeFor(Recipient)].
///
/// Like its event, not to be shared between threads.
public final class NotifyVerdict {
    private final PushEvent event;
    private final PushOutcome plain;
    private final List<PersonalRule> personal;

    /// A rule that matches those for whom `conditions` hold.
    record PersonalRule(List<Condition.Personal> conditions, PushOutcome outcome) {
        /// The users for whom all conditions hold, as far as that can be said without names.
        Set<String> named(PushEvent event) {
            var named = new LinkedHashSet<>(conditions.getFirst().named(event));
            for (Condition.Personal condition : conditions.subList(1, conditions.size())) {
                named.retainAll(Set.copyOf(condition.named(event)));
            }
            return named;
        }
    }

    NotifyVerdict(PushEvent event, PushOutcome plain, List<PersonalRule> personal) {
        this.event = event;
        this.plain = plain;
        this.personal = List.copyOf(personal);
    }

    /// The outcome for a member whom no rule singles out. Never for the sender, whom no event of
    /// its own notifies.
    public PushOutcome plain() {
        return plain;
    }

    /// The outcome for this member of the class; [PushOutcome#NONE] for the event's sender.
    public PushOutcome outcomeFor(Recipient recipient) {
        if (recipient.userId().equals(event.sender())) {
            return PushOutcome.NONE;
        }
        for (PersonalRule rule : personal) {
            if (rule.conditions().stream().allMatch(each -> each.holds(event, recipient))) {
                return rule.outcome();
            }
        }
        return plain;
    }

    /// The users whom the event names and whose outcome is not the plain one, by user id in the
    /// event's order, the sender left out. They may be in another class, on another server, not in
    /// the room, or not exist: the caller looks only at the members that it knows in this class.
    public Map<String, PushOutcome> exceptions() {
        Map<String, PushOutcome> exceptions = new LinkedHashMap<>();
        for (PersonalRule rule : personal) {
            rule.named(event).forEach(user -> exceptions.putIfAbsent(user, rule.outcome()));
        }
        exceptions.remove(event.sender());
        exceptions.values().removeIf(plain::equals);
        return exceptions;
    }

    /// Whether the outcome may depend on a member's display name in the room, so that
    /// [#exceptions()] does not name everybody.
    public boolean asksDisplayNames() {
        return personal.stream()
                .anyMatch(rule -> rule.conditions().contains(Condition.DisplayName.IN_BODY));
    }
}
