/// Who may see which event of a room: the one place that decides it.
///
/// See [Room History
/// Visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
@NullMarked
package chat.hearth.protocol.visibility;

import org.jspecify.annotations.NullMarked;
