/// What users keep here for themselves: account data, tags, push rules and filters.
///
/// See [Client Config](https://spec.matrix.org/v1.19/client-server-api/#client-config).
@NullMarked
package chat.hearth.rooms.accountdata;

import org.jspecify.annotations.NullMarked;
