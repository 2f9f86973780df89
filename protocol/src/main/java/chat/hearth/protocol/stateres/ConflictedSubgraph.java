package chat.hearth.protocol.stateres;

import java.util.BitSet;

/// The *conflicted state subgraph* of v2.1: the events on the paths along auth events from one
/// conflicted event to another, both ends included.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v12/#definitions).
final class ConflictedSubgraph {
    private ConflictedSubgraph() {}

    /// The subgraph between the conflicted events that `chains` was made from. Every event there
    /// has a conflicted event above it or is one, so what counts is whether one lies below.
    static BitSet of(AuthChains chains, BitSet conflicted) {
        var leading = (BitSet) conflicted.clone();
        for (int i = 0; i < chains.size(); i++) {
            for (int cited : chains.auth(i)) {
                if (leading.get(cited)) {
                    leading.set(i);
                }
            }
        }
        return leading;
    }
}
