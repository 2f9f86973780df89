package chat.hearth.rooms.event;

/// The event of the same room that a new event relates to.
///
/// @param target position of that event
/// @param relType the relation type
/// @param key the key of an annotation, empty for other types
/// @param thread position of the root of the thread that the new event is in, 0 for none
record EventRelation(long target, String relType, String key, long thread) {}
