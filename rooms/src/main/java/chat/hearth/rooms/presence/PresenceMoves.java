package chat.hearth.rooms.presence;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import java.util.List;

/// Sees to it that users who come to share a room are told of each other.
public final class PresenceMoves implements CommitListener {
    private final PresenceTracker presence;

    /// Tells `presence` of who moves.
    public PresenceMoves(PresenceTracker presence) {
        this.presence = presence;
    }

    @Override
    public void committed(List<Change> changes) {
        for (Change change : changes) {
            if (change.kind() == Change.Kind.EVENT && change.user() != 0) {
                presence.moved(change.user());
            }
        }
    }
}
