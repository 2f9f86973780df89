/// Events: their federation format, limits, hashes, signatures and redaction.
///
/// See [PDUs](https://spec.matrix.org/v1.19/server-server-api/#pdus) and the event format of each
/// [room version](https://spec.matrix.org/v1.19/rooms/).
@NullMarked
package chat.hearth.protocol.event;

import org.jspecify.annotations.NullMarked;
