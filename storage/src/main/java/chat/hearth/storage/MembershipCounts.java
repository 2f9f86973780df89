package chat.hearth.storage;

/// How many members a room has.
///
/// @param joined users who are joined
/// @param invited users who are invited
public record MembershipCounts(int joined, int invited) {}
