/// How far users have read, and what others learn of it.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts).
@NullMarked
package chat.hearth.rooms.receipt;

import org.jspecify.annotations.NullMarked;
