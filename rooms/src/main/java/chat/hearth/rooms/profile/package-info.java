/// What users say about themselves, and how rooms learn of it.
///
/// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles).
@NullMarked
package chat.hearth.rooms.profile;

import org.jspecify.annotations.NullMarked;
