package chat.hearth.homeserver.sync;

import chat.hearth.rooms.stream.StreamToken;

/// The stretch of the stream that an answer covers.
///
/// @param initial whether the client knows nothing yet
/// @param since the position after which news begin, 0 for a first sync
/// @param typingSince the number of the last typing change known, -1 for none
/// @param presenceSince the number of the last presence change known, -1 for none, 0 for one from
///   before the server was started
/// @param next where the stretch ends: what the client gets as `next_batch`, with the rooms in
///   which it believes at the stretch's beginning that somebody types
record SyncSpan(
        boolean initial, long since, long typingSince, long presenceSince, StreamToken next) {
    /// The position up to which the answer reaches.
    long until() {
        return next.position();
    }
}
