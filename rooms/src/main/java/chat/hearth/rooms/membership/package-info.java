/// Joining, inviting, knocking, leaving, kicking, banning and forgetting.
///
/// See [Room membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership).
@NullMarked
package chat.hearth.rooms.membership;

import org.jspecify.annotations.NullMarked;
