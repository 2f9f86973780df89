/// Tests of `chat.hearth.rooms.profile`.
@NullMarked
package chat.hearth.rooms.profile;

import org.jspecify.annotations.NullMarked;
