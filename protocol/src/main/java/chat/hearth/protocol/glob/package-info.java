/// Glob patterns whose time to match grows linearly with the text, whatever the pattern.
///
/// See [Glob-style matching](https://spec.matrix.org/v1.19/appendices/#glob-style-matching).
@NullMarked
package chat.hearth.protocol.glob;

import org.jspecify.annotations.NullMarked;
