/// The load generator. It shares two cores with the server, so a request may cost it only a few
/// microseconds.
@NullMarked
package chat.hearth.bench.load;

import org.jspecify.annotations.NullMarked;
