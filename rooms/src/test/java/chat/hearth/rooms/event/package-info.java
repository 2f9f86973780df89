/// Tests of the event pipeline.
@NullMarked
package chat.hearth.rooms.event;

import org.jspecify.annotations.NullMarked;
