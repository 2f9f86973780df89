package chat.hearth.protocol.stateres;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import java.util.BitSet;

/// *Power events*: those that might take away someone's ability to do something in the room.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
final class PowerEvents {
    private PowerEvents() {}

    /// Whether an event is a power event.
    static boolean include(Event event) {
        return event.stateKey().isPresent()
                && switch (event.type()) {
                    case EventTypes.POWER_LEVELS, EventTypes.JOIN_RULES -> true;
                    case EventTypes.MEMBER -> removes(event, event.stateKey().get());
                    default -> false;
                };
    }

    /// The power events of a set, and what of their auth chains is in the set.
    static BitSet withTheirChains(EventGraph graph, AuthChains chains, BitSet set) {
        var power = new BitSet(chains.size());
        set.stream()
                .filter(index -> include(graph.event(chains.number(index))))
                .forEach(power::set);
        BitSet cited = chains.chainsOf(power);
        cited.and(set);
        power.or(cited);
        return power;
    }

    private static boolean removes(Event event, String target) {
        Membership membership =
                event.content().string("membership").flatMap(Membership::find).orElse(null);
        return (membership == Membership.LEAVE || membership == Membership.BAN)
                && !event.sender().value().equals(target);
    }
}
