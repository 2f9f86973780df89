/// Tests of `chat.hearth.rooms.receipt`.
@NullMarked
package chat.hearth.rooms.receipt;

import org.jspecify.annotations.NullMarked;
