package chat.hearth.rooms.unread;

import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.stream.UserFeed;
import java.util.Set;

/// Whose unread events are counted.
///
/// @param user the user's number
/// @param userId the user's id
/// @param rules the user's push rules
/// @param ignored ids of the users whose events do not count
/// @param settingsAt the position of the last change of these two; 0 when there was none
/// @param feed the user's feed, which tells whether a count that is known still holds
public record Reader(
        int user,
        UserId userId,
        UserPushRules rules,
        Set<String> ignored,
        long settingsAt,
        UserFeed feed) {}
