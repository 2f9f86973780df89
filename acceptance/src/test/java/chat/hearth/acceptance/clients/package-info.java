/// Unmodified clients of other projects against a real server.
@NullMarked
package chat.hearth.acceptance.clients;

import org.jspecify.annotations.NullMarked;
