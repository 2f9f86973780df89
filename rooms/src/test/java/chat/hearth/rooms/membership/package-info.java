/// Tests of who may come, go, and be put out.
@NullMarked
package chat.hearth.rooms.membership;

import org.jspecify.annotations.NullMarked;
