/// HTTP/1.1 over plain sockets, cheap enough to share two cores with the server that it measures.
@NullMarked
package chat.hearth.acceptance.wire;

import org.jspecify.annotations.NullMarked;
