/// Tests of `chat.hearth.rooms.stream`.
@NullMarked
package chat.hearth.rooms.stream;

import org.jspecify.annotations.NullMarked;
