package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;

/// What a user was to a room at some moment.
///
/// @param membership the membership
/// @param position the position of the member event, 0 when there was none
record Standing(Membership membership, long position) {
    boolean isJoined() {
        return membership == Membership.JOIN;
    }
}
