package chat.hearth.rooms.typing;

import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import java.util.List;

/// Lets nobody go on typing in a room that they are no longer in, whoever put them out. Has to hear
/// of a commit after [Rooms].
public final class TypingEnds implements CommitListener {
    private final Rooms rooms;
    private final TypingTracker typing;

    /// Ends typing in `rooms`.
    public TypingEnds(Rooms rooms, TypingTracker typing) {
        this.rooms = rooms;
        this.typing = typing;
    }

    @Override
    public void committed(List<Change> changes) {
        for (Change change : changes) {
            boolean ofMember = change.kind() == Change.Kind.EVENT && change.user() != 0;
            if (ofMember && !isIn(change.room(), change.user())) {
                typing.stop(change.room(), change.user());
            }
        }
    }

    private boolean isIn(int room, int user) {
        return rooms.held(room)
                .map(Room::state)
                .filter(state -> state.members().isJoined(user))
                .isPresent();
    }
}
