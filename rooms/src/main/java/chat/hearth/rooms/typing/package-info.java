/// Who is typing where. This lives in memory only: after a restart nobody is typing.
///
/// See [Typing
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
@NullMarked
package chat.hearth.rooms.typing;

import org.jspecify.annotations.NullMarked;
