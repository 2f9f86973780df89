/// Making rooms: what a new room's first events are, and how a room is replaced by one of another
/// version.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#creation).
@NullMarked
package chat.hearth.rooms.create;

import org.jspecify.annotations.NullMarked;
