/// The filters by which clients say which events they want: strict parsing, matching by type and
/// sender, trimming to the asked fields.
///
/// See [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering).
@NullMarked
package chat.hearth.protocol.filter;

import org.jspecify.annotations.NullMarked;
