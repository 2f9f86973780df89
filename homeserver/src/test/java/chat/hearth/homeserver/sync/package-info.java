/// What `/sync` promises to clients.
@NullMarked
package chat.hearth.homeserver.sync;

import org.jspecify.annotations.NullMarked;
