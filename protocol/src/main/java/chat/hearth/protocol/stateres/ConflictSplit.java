package chat.hearth.protocol.stateres;

import java.util.List;
import java.util.TreeSet;

/// What several states agree on, and what not.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions): *unconflicted state map
/// and conflicted state set*.
///
/// @param unconflicted the entries that all states have alike
/// @param conflicted for each state, the events at the keys on which the states do not agree
record ConflictSplit(StateMap unconflicted, List<long[]> conflicted) {
    /// Compares states, at least one.
    static ConflictSplit of(List<StateMap> states) {
        StateMap first = states.getFirst();
        var keys = new TreeSet<Integer>();
        for (StateMap other : states.subList(1, states.size())) {
            first.diff(other, (stateKey, mine, theirs) -> keys.add(stateKey));
        }
        StateMap unconflicted = first;
        for (int key : keys) {
            unconflicted = unconflicted.without(key);
        }
        List<long[]> conflicted =
                states.stream()
                        .map(
                                state ->
                                        keys.stream()
                                                .mapToLong(state::eventAt)
                                                .filter(event -> event != StateMap.NONE)
                                                .toArray())
                        .toList();
        return new ConflictSplit(unconflicted, conflicted);
    }

    /// The conflicted state set.
    NumberSet conflictedSet() {
        var set = new NumberSet();
        for (long[] events : conflicted) {
            for (long event : events) {
                set.add(event);
            }
        }
        return set;
    }
}
