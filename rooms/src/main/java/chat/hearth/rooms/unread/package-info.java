/// Unread counts: decided once per event when it is appended, counted when they are read.
///
/// See [Receiving
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#receiving-notifications).
@NullMarked
package chat.hearth.rooms.unread;

import org.jspecify.annotations.NullMarked;
