/// Starts, kills and restarts real servers and real databases as child processes on loopback.
@NullMarked
package chat.hearth.acceptance.server;

import org.jspecify.annotations.NullMarked;
