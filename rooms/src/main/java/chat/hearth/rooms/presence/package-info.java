/// Who is around. This lives in memory only: after a restart everybody is offline until seen.
///
/// See [Presence](https://spec.matrix.org/v1.19/client-server-api/#presence).
@NullMarked
package chat.hearth.rooms.presence;

import org.jspecify.annotations.NullMarked;
