package chat.hearth.rooms.unread;

import chat.hearth.protocol.push.UserPushRules;

/// A count and up to where it holds.
///
/// @param upTo the position up to which events are counted
/// @param notifyIndex the room's notify index there
/// @param rules the push rules that it was counted by
/// @param counts the count
record Tally(long upTo, long notifyIndex, UserPushRules rules, UnreadCounts counts) {
    /// Nothing counted yet, where the room's index is `notifyIndex`.
    static Tally start(UserPushRules rules, long notifyIndex) {
        return new Tally(0, notifyIndex, rules, UnreadCounts.NONE);
    }

    /// The same count, known to hold up to a later position.
    Tally at(long position) {
        return new Tally(position, notifyIndex, rules, counts);
    }
}
