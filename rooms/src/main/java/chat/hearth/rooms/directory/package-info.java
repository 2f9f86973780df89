/// Where rooms are found: aliases and the public room directory.
///
/// See [Room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases).
@NullMarked
package chat.hearth.rooms.directory;

import org.jspecify.annotations.NullMarked;
