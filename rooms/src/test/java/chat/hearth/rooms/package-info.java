/// What the tests of the room engine share.
@NullMarked
package chat.hearth.rooms;

import org.jspecify.annotations.NullMarked;
