package chat.hearth.storage;

/// How far the bans of a replaced room have come on their way into the new one.
///
/// @param room the new room's number
/// @param predecessor the replaced room's number
/// @param sender who replaced it, by number, and bans
/// @param after the last banned user, by number, who was looked at
public record FollowingBans(int room, int predecessor, int sender, int after) {}
