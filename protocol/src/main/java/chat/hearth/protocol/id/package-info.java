/// Matrix identifiers as values that are valid by construction.
///
/// See [Identifier grammar](https://spec.matrix.org/v1.19/appendices/#identifier-grammar).
@NullMarked
package chat.hearth.protocol.id;

import org.jspecify.annotations.NullMarked;
