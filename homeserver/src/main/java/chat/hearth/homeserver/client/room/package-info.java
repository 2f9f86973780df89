/// The endpoints about rooms: making, entering and leaving them, sending, reading, and finding
/// them.
///
/// See [Rooms](https://spec.matrix.org/v1.19/client-server-api/#rooms).
@NullMarked
package chat.hearth.homeserver.client.room;

import org.jspecify.annotations.NullMarked;
