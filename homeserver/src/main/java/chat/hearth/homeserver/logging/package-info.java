/// How records of the log are written: one line each, as text or JSON, to standard error. What is
/// worth logging is decided where it happens; that it is no secret, too.
@NullMarked
package chat.hearth.homeserver.logging;

import org.jspecify.annotations.NullMarked;
