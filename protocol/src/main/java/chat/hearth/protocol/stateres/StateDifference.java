package chat.hearth.protocol.stateres;

import chat.hearth.protocol.stateres.StateMap.DifferenceVisitor;

/// Walks two versions of a state at once, past whatever they share.
final class StateDifference {
    private StateDifference() {}

    /// Shows every key at which two nodes of the same place differ.
    @SuppressWarnings("ReferenceEquality") // shared structure is what makes this cheap
    static void show(StateNode mine, StateNode theirs, DifferenceVisitor visitor) {
        if (mine == theirs) {
            return;
        }
        if (mine instanceof StateNode.Branch a && theirs instanceof StateNode.Branch b) {
            for (int i = 0; i < StateNode.Branch.WIDTH; i++) {
                show(a.children()[i], b.children()[i], visitor);
            }
        } else {
            merge(flat(mine), flat(theirs), visitor);
        }
    }

    // A branch only meets a leaf where the two differ in size, so flattening costs no more than
    // the entries that must be looked at anyway, up to the size of a leaf.
    private static StateNode.Leaf flat(StateNode node) {
        return switch (node) {
            case StateNode.Leaf leaf -> leaf;
            case StateNode.Branch branch -> branch.flattened();
        };
    }

    private static void merge(StateNode.Leaf mine, StateNode.Leaf theirs, DifferenceVisitor seen) {
        int[] a = mine.hashes();
        int[] b = theirs.hashes();
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            int order = i == a.length ? 1 : j == b.length ? -1 : Integer.compare(a[i], b[j]);
            int stateKey = StateNode.stateKey(order <= 0 ? a[i] : b[j]);
            long myEvent = order <= 0 ? mine.events()[i++] : StateMap.NONE;
            long theirEvent = order >= 0 ? theirs.events()[j++] : StateMap.NONE;
            if (myEvent != theirEvent) {
                seen.difference(stateKey, myEvent, theirEvent);
            }
        }
    }
}
