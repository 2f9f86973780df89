/// What operators see, asked for over HTTP.
@NullMarked
package chat.hearth.homeserver.ops;

import org.jspecify.annotations.NullMarked;
