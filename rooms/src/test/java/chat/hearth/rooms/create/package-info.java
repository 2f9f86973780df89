/// Tests of making and replacing rooms.
@NullMarked
package chat.hearth.rooms.create;

import org.jspecify.annotations.NullMarked;
