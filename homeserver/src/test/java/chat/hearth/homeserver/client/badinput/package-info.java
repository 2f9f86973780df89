/// What clients send that cannot be granted, or that is hard to swallow, as one table: each line
/// says what is sent, how it is answered, and what must hold afterwards.
@NullMarked
package chat.hearth.homeserver.client.badinput;

import org.jspecify.annotations.NullMarked;
