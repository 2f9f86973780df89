/// JSON as Matrix needs it: an immutable tree, a strict reader that refuses everything a peer might
/// read differently, and the canonical form that hashes and signatures are made over.
///
/// See [Canonical JSON](https://spec.matrix.org/v1.19/appendices/#canonical-json).
@NullMarked
package chat.hearth.protocol.json;

import org.jspecify.annotations.NullMarked;
