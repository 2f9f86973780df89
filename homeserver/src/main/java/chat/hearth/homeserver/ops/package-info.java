/// What operators see: health checks and metrics, on a listener of their own.
@NullMarked
package chat.hearth.homeserver.ops;

import org.jspecify.annotations.NullMarked;
