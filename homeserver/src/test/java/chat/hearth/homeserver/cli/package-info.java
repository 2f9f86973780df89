/// What the command line promises to who types it.
@NullMarked
package chat.hearth.homeserver.cli;

import org.jspecify.annotations.NullMarked;
