/// Tests of `chat.hearth.rooms.state`.
@NullMarked
package chat.hearth.rooms.state;

import org.jspecify.annotations.NullMarked;
