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

    /// Whether an event is a power event. Power levels and join rules are so only where they have
    /// an effect: with an empty state key.
    static boolean include(Event event) {
        String stateKey = event.stateKey().orElse(null);
        return stateKey != null
                && switch (event.type()) {
                    case EventTypes.POWER_LEVELS, EventTypes.JOIN_RULES -> stateKey.isEmpty();
                    case EventTypes.MEMBER -> removes(event, stateKey);
                    default -> false;
                };
    }

    /// The power events of a set, and what of the set their auth chains reach without leaving it.
    static BitSet withTheirChains(EventGraph graph, AuthChains chains, BitSet set) {
        var power = new BitSet(chains.size());
        set.stream()
                .filter(index -> include(graph.event(chains.number(index))))
                .forEach(power::set);
        for (int i = power.length() - 1; i >= 0; i--) {
            if (power.get(i)) {
                for (int cited : chains.auth(i)) {
                    if (set.get(cited)) {
                        power.set(cited);
                    }
                }
            }
        }
        return power;
    }

    private static boolean removes(Event event, String target) {
        Membership membership =
                event.content().string("membership").flatMap(Membership::find).orElse(null);
        return (membership == Membership.LEAVE || membership == Membership.BAN)
                && !event.sender().value().equals(target);
    }
}
