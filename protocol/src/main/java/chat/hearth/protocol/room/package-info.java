/// Room versions as data: what differs between them is a named flag, never a comparison of numbers.
///
/// See [Room versions](https://spec.matrix.org/v1.19/rooms/).
@NullMarked
package chat.hearth.protocol.room;

import org.jspecify.annotations.NullMarked;
