package chat.hearth.homeserver.sync;

import chat.hearth.rooms.stream.UserFeed;
import java.util.Set;

/// What all rooms of one answer have in common.
///
/// @param query what the client asks for
/// @param span the stretch of the stream
/// @param feed the user's feed
/// @param returning whether the client was away for longer than the feed remembers, or is new
/// @param settings the user's settings
/// @param accountData the account data that changed
/// @param typing numbers of the rooms where the list of those who type changed, or is not what the
///   client was told
/// @param typingTold where the client believes that somebody types
/// @param entered numbers of the rooms into which the user has come since the answer before, noted
///   as they are gathered
record SyncContext(
        SyncQuery query,
        SyncSpan span,
        UserFeed feed,
        boolean returning,
        PersonalSettings settings,
        AccountDataEvents accountData,
        Set<Integer> typing,
        TypingTold typingTold,
        Set<Integer> entered) {}
