/// The errors a client or peer may see.
///
/// See [Standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
@NullMarked
package chat.hearth.protocol.error;

import org.jspecify.annotations.NullMarked;
