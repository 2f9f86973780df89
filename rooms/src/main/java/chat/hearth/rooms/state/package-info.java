/// The state of rooms: what holds now, what held at an event, and who is a member.
@NullMarked
package chat.hearth.rooms.state;

import org.jspecify.annotations.NullMarked;
