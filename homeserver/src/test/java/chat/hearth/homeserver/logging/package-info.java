/// What the log promises to who reads it.
@NullMarked
package chat.hearth.homeserver.logging;

import org.jspecify.annotations.NullMarked;
