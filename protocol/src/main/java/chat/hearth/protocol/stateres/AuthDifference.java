package chat.hearth.protocol.stateres;

import java.util.BitSet;

/// The *auth difference*: the events that are in the full auth chain of some of the states, but not
/// of all. A state's own events count as part of its chain, so that what the states agree on is
/// never in it.
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

    /// The auth difference but for conflicted events, which are replayed in any case, as a set in
    /// the chains of the conflicted events.
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

    // The events from index `lowest` on that the unconflicted state has or leads to. An event cites
    // only lesser numbers, so whatever is not above the lowest candidate leads to none.
    private BitSet inChainsOf(StateMap unconflicted, int lowest) {
        long bound = chains.number(lowest);
        var outside = new NumberSet();
        var inside = new BitSet(chains.size());
        unconflicted.forEach((stateKey, event) -> reach(event, bound, outside, inside));
        for (int i = 0; i < outside.size(); i++) {
            for (long cited : graph.authEvents(outside.at(i))) {
                reach(cited, bound, outside, inside);
            }
        }
        inside.or(chains.chainsOf(inside));
        return inside;
    }

    private void reach(long event, long bound, NumberSet outside, BitSet inside) {
        int index = event < bound ? -1 : chains.index(event);
        if (index >= 0) {
            inside.set(index);
        } else if (event > bound) {
            outside.add(event);
        }
    }
}
