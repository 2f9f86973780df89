package chat.hearth.storage;

import chat.hearth.protocol.id.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The events of all rooms, by id, by position and along a room's timeline.
public interface EventStore {
    /// Adds an event at its position, which the transaction gave out.
    ///
    /// @throws StorageException when an event with its id is there already
    void append(WriteTransaction tx, StoredEvent event);

    /// Replaces a redacted event by what its redaction left.
    ///
    /// @param redactedBy position of the redaction
    /// @param flags what the bits of its flags are from now on
    void redact(
            WriteTransaction tx,
            long position,
            long redactedBy,
            int flags,
            byte[] clientJson,
            byte[] federationJson);

    /// Replaces the federation part, as when an event is signed for the first time.
    void changeFederationJson(WriteTransaction tx, long position, byte[] federationJson);

    /// The event with an id.
    Optional<StoredEvent> byId(EventId eventId);

    /// The events among `eventIds` that are there.
    ///
    /// @param eventIds at most [#BATCH_MAX]
    List<StoredEvent> byIds(Collection<EventId> eventIds);

    /// Where an event stands in the stream.
    OptionalLong position(EventId eventId);

    /// The event at a position.
    Optional<StoredEvent> byPosition(long position);

    /// The events at those of `positions` that hold one, in the order asked.
    ///
    /// @param positions at most [#BATCH_MAX]
    List<StoredEvent> byPositions(long[] positions);

    /// The ids of the events at those of `positions` that hold one.
    ///
    /// @param positions at most [#BATCH_MAX]
    Map<Long, EventId> ids(long[] positions);

    /// A stretch of a room's timeline, in the query's direction.
    List<StoredEvent> timeline(TimelineQuery query);

    /// The position and counters of the last event of `room` at or before `upTo`.
    Optional<TimelinePoint> lastPoint(int room, long upTo);

    /// The most events that one call takes or counts.
    int BATCH_MAX = 50_000;
}
