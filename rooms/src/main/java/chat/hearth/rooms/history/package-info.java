/// Reading a room: which of its events a user may see, and how they look to that user. Every read
/// of room events for a client passes [chat.hearth.rooms.history.HistoryGate].
@NullMarked
package chat.hearth.rooms.history;

import org.jspecify.annotations.NullMarked;
