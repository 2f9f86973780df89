package chat.hearth.rooms.event;

import org.jspecify.annotations.Nullable;

/// The event of the same room that a new event relates to.
///
/// @param target position of that event
/// @param relType the relation type
/// @param key the key of an annotation, null when it has none and for other types
/// @param thread position of the root of the thread that the new event is in, 0 for none
record EventRelation(long target, String relType, @Nullable String key, long thread) {}
