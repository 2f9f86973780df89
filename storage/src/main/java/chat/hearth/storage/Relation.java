package chat.hearth.storage;

import org.jspecify.annotations.Nullable;

/// An event's relation to another.
///
/// @param target position of the event that is related to
/// @param relType the relation type
/// @param key the key of an annotation, null when it has none and for other relation types
/// @param sender number of the user who sent the relating event
/// @param child position of the relating event
public record Relation(long target, String relType, @Nullable String key, int sender, long child) {}
