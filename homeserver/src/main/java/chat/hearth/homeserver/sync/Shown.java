package chat.hearth.homeserver.sync;

/// A room of an answer whose timeline was read.
///
/// @param view the room
/// @param timeline what happened in it
/// @param summed whether its summary is told
/// @param heroes numbers of the users whom the room is named after, none when that is not told
@SuppressWarnings("ArrayRecordComponent") // never compared
record Shown(RoomView view, Timeline timeline, boolean summed, int[] heroes) {
    /// The room's number.
    int room() {
        return view.room().number();
    }

    /// The room's id.
    String roomId() {
        return view.room().id().value();
    }
}
