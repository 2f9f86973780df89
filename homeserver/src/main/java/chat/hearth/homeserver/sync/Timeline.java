package chat.hearth.homeserver.sync;

import chat.hearth.storage.StoredEvent;
import java.util.List;

/// The latest events of a room in a stretch of the stream.
///
/// @param events oldest first
/// @param limited whether there are more before them that the client does not have
/// @param start the position before the first of them; where they end when there are none
/// @param whole whether no event of the stretch stands before the first of them, shown or not
record Timeline(List<StoredEvent> events, boolean limited, long start, boolean whole) {}
