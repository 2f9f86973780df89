/// Who may do what in a room: the authorisation rules of every room version, the selection of auth
/// events, and the state events that the rules read.
///
/// [chat.hearth.protocol.auth.AuthRule] is the table of contents: every rule in the specification's
/// order, from which the numbers of each version follow. One class per event type applies its
/// section. All of it is pure and total: whatever an event holds, the answer is a verdict, never an
/// exception.
///
/// See [Authorisation rules](https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules).
@NullMarked
package chat.hearth.protocol.auth;

import org.jspecify.annotations.NullMarked;
