/// What the configuration promises to whoever writes one.
@NullMarked
package chat.hearth.homeserver.config;

import org.jspecify.annotations.NullMarked;
