package chat.hearth.storage;

import java.util.List;
import java.util.OptionalLong;

/// Which events relate to which.
///
/// See [Relationship types](https://spec.matrix.org/v1.19/client-server-api/#relationship-types).
public interface RelationStore {
    /// Adds a relation.
    ///
    /// @param eventType the type of the relating event
    void add(WriteTransaction tx, Relation relation, String eventType);

    /// Takes a relation away, as when its event is redacted.
    void remove(WriteTransaction tx, long target, long child);

    /// The event of type `eventType` by which `sender` relates to `target` with this relation type
    /// and key, if there is one.
    OptionalLong find(long target, String relType, int sender, String eventType, String key);

    /// Relations to `target` whose events stand after a position, or before it when walking
    /// backward, the position itself left out.
    List<Relation> of(long target, long from, Direction direction, int limit);

    /// Relations to `target` of one type.
    List<Relation> of(long target, String relType, long from, Direction direction, int limit);

    /// How many relations of a type `target` has, at most `limit`.
    int count(long target, String relType, int limit);
}
