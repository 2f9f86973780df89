package chat.hearth.homeserver.sync;

import chat.hearth.rooms.stream.UserFeed;
import java.util.Set;

/// What all rooms of one answer have in common.
///
/// @param query what the client asks for
/// @param span the stretch of the stream
/// @param feed the user's feed
/// @param settings the user's settings
/// @param accountData the account data that changed
/// @param typing numbers of the rooms where the list of those who type changed
record SyncContext(
        SyncQuery query,
        SyncSpan span,
        UserFeed feed,
        PersonalSettings settings,
        AccountDataEvents accountData,
        Set<Integer> typing) {

    /// Whether a room is shown with those who type. After a restart nobody types until they say so
    /// again, which clients are told for each room that they are shown.
    boolean showsTyping(RoomView view) {
        return typing.contains(view.room().number()) || span.isRestart();
    }
}
