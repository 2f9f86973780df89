/// What clients may put into events: checked where a client's event enters, before the rules of the
/// room are asked.
@NullMarked
package chat.hearth.rooms.content;

import org.jspecify.annotations.NullMarked;
