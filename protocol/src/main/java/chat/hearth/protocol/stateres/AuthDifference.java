package chat.hearth.protocol.stateres;

import java.util.BitSet;

/// The *auth difference*: the events that are in the full auth chain of some of the states, but not
/// of all.
///
/// Only conflicted events can bring an event into one state's chain and not into another's, so
/// their chains hold all candidates. What the states agree on is walked only as far as it could
/// still lead to one.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
final class AuthDifference {
    private final EventGraph graph;
    private final AuthChains chains;

    AuthDifference(EventGraph graph, AuthChains chains) {
        this.graph = graph;
        this.chains = chains;
    }

    /// The auth difference, as a set in the chains of the conflicted events.
    BitSet of(ConflictSplit split) {
        var inSome = new BitSet(chains.size());
        var inAll = new BitSet(chains.size());
        inAll.set(0, chains.size());
        for (long[] events : split.conflicted()) {
            BitSet chain = chains.chainsOf(chains.set(events));
            inSome.or(chain);
            inAll.and(chain);
        }
        inSome.andNot(inAll);
        if (!inSome.isEmpty()) {
            inSome.andNot(inChainsOf(split.unconflicted(), inSome.nextSetBit(0)));
        }
        return inSome;
    }

    // The events from index `lowest` on that the unconflicted state leads to. An event cites only
    // lesser numbers, so whatever is not above the lowest candidate leads to none.
    private BitSet inChainsOf(StateMap unconflicted, int lowest) {
        long bound = chains.number(lowest);
        var outside = new NumberSet();
        var inside = new BitSet(chains.size());
        unconflicted.forEach((stateKey, event) -> cite(event, bound, outside, inside));
        for (int i = 0; i < outside.size(); i++) {
            cite(outside.at(i), bound, outside, inside);
        }
        inside.or(chains.chainsOf(inside));
        return inside;
    }

    private void cite(long event, long bound, NumberSet outside, BitSet inside) {
        if (event <= bound) {
            return;
        }
        for (long cited : graph.authEvents(event)) {
            int index = cited < bound ? -1 : chains.index(cited);
            if (index >= 0) {
                inside.set(index);
            } else if (cited > bound) {
                outside.add(cited);
            }
        }
    }
}
