package chat.hearth.homeserver.sync;

import chat.hearth.protocol.push.UserPushRules;
import java.util.Set;

/// What of a user's account data decides what a sync shows.
///
/// @param rules the push rules
/// @param ignored ids of the users whose messages and invites are not shown
/// @param changedAt the position of the last change of these two; 0 when there was none
/// @param invitesBlocked whether no invites are shown
/// @param upTo the position up to which this is known to hold
record PersonalSettings(
        UserPushRules rules,
        Set<String> ignored,
        long changedAt,
        boolean invitesBlocked,
        long upTo) {
    PersonalSettings at(long position) {
        return new PersonalSettings(rules, ignored, changedAt, invitesBlocked, position);
    }
}
