package chat.hearth.rooms.unread;

import chat.hearth.protocol.push.UserPushRules;
import java.util.Set;

/// A count and up to where it holds.
///
/// @param upTo the position up to which events are counted
/// @param notifyIndex the room's notify index there
/// @param rules the push rules that it was counted by
/// @param ignored the users whose events were left out
/// @param counts the count
record Tally(
        long upTo,
        long notifyIndex,
        UserPushRules rules,
        Set<String> ignored,
        UnreadCounts counts) {
    /// Nothing counted yet, where the room's index is `notifyIndex`.
    static Tally start(Reader reader, long notifyIndex) {
        return new Tally(0, notifyIndex, reader.rules(), reader.ignored(), UnreadCounts.NONE);
    }

    /// Whether it was counted by what `reader` wants to be told now.
    boolean isFor(Reader reader) {
        return rules.equals(reader.rules()) && ignored.equals(reader.ignored());
    }

    /// The same count, known to hold up to a later position.
    Tally at(long position) {
        return new Tally(position, notifyIndex, rules, ignored, counts);
    }
}
