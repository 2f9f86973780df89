/// Server access control lists: which servers may take part in a room.
///
/// See [Server Access Control
/// Lists](https://spec.matrix.org/v1.19/client-server-api/#server-access-control-lists-acls-for-rooms).
@NullMarked
package chat.hearth.protocol.acl;

import org.jspecify.annotations.NullMarked;
