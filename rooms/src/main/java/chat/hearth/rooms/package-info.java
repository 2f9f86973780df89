/// The room engine: the one way in for room events, the state they leave behind, who may see what,
/// and the feed that tells readers what changed.
@NullMarked
package chat.hearth.rooms;

import org.jspecify.annotations.NullMarked;
