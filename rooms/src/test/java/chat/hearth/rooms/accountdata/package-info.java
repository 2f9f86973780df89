/// Tests of `chat.hearth.rooms.accountdata`.
@NullMarked
package chat.hearth.rooms.accountdata;

import org.jspecify.annotations.NullMarked;
