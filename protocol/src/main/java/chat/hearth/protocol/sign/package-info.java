/// Ed25519 keys and signatures over canonical JSON.
///
/// See [Signing JSON](https://spec.matrix.org/v1.19/appendices/#signing-json).
@NullMarked
package chat.hearth.protocol.sign;

import org.jspecify.annotations.NullMarked;
