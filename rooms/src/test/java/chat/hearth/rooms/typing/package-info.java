/// Tests of `chat.hearth.rooms.typing`.
@NullMarked
package chat.hearth.rooms.typing;

import org.jspecify.annotations.NullMarked;
