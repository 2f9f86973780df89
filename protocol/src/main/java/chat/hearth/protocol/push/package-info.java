/// Push rules: which events notify whom, and how.
///
/// [UserPushRules] is what one user changed of the defaults: the only thing that is stored. It
/// answers the push-rule endpoints and, reduced to one room by [UserPushRules#classIn(String)], is
/// the key of a *class* of users whose rules are equal there. [NotifyClass] is such a class
/// compiled; almost everyone is in [NotifyClass#DEFAULT]. A room evaluates an event once per class
/// that its local members are in, never once per member, and gets a [NotifyVerdict]: the outcome
/// for a plain member, and the few users whom the event names and whose outcome differs.
///
/// See [Push notifications](https://spec.matrix.org/v1.19/client-server-api/#push-notifications).
@NullMarked
package chat.hearth.protocol.push;

import org.jspecify.annotations.NullMarked;
