/// The event pipeline: the only code that appends room events, whoever they come from.
@NullMarked
package chat.hearth.rooms.event;

import org.jspecify.annotations.NullMarked;
