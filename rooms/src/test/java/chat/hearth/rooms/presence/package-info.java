/// Tests of `chat.hearth.rooms.presence`.
@NullMarked
package chat.hearth.rooms.presence;

import org.jspecify.annotations.NullMarked;
