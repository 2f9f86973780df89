/// Tests of what counts as unread.
@NullMarked
package chat.hearth.rooms.unread;

import org.jspecify.annotations.NullMarked;
