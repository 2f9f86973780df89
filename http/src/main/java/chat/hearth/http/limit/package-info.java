/// Rate limits: token buckets per user or address, on an injected clock.
@NullMarked
package chat.hearth.http.limit;

import org.jspecify.annotations.NullMarked;
