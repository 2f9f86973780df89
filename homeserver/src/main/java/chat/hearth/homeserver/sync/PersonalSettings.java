package chat.hearth.homeserver.sync;

import chat.hearth.protocol.push.UserPushRules;
import java.util.Set;

/// What of a user's account data decides what a sync shows.
///
/// @param rules the push rules
/// @param ignored ids of the users whose messages and invites are not shown
/// @param invitesBlocked whether no invites are shown
/// @param upTo the position up to which this is known to hold
record PersonalSettings(
        UserPushRules rules, Set<String> ignored, boolean invitesBlocked, long upTo) {
    PersonalSettings at(long position) {
        return new PersonalSettings(rules, ignored, invitesBlocked, position);
    }
}
