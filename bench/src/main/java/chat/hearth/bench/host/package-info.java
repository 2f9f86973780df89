/// The server under load, and the facts of the machine and of the server's process.
@NullMarked
package chat.hearth.bench.host;

import org.jspecify.annotations.NullMarked;
