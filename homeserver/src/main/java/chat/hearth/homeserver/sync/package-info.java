/// `GET /sync`: what happened for a user since a token, and the wait for it.
///
/// A request registers with the change feed before it reads, so that nothing falls between the two.
/// An answer is made of sections, each written as bytes from stored bytes; what costs a look at the
/// store is skipped when the feed says that nothing of its kind happened.
///
/// See [Syncing](https://spec.matrix.org/v1.19/client-server-api/#syncing).
@NullMarked
package chat.hearth.homeserver.sync;

import org.jspecify.annotations.NullMarked;
