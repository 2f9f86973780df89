/// The change feed: what became durable, in order, and who waits for it.
///
/// A reader registers before it reads, so that nothing is lost between the two. Waking a reader
/// costs in proportion to what changed, never to what the user has joined.
@NullMarked
package chat.hearth.rooms.stream;

import org.jspecify.annotations.NullMarked;
