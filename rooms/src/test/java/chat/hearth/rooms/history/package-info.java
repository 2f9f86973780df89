/// Tests of reading rooms.
@NullMarked
package chat.hearth.rooms.history;

import org.jspecify.annotations.NullMarked;
