package chat.hearth.storage;

import chat.hearth.protocol.id.EventId;
import org.jspecify.annotations.Nullable;

/// An event as it is kept. The arrays belong to whoever reads them next: nobody may change them.
///
/// @param position its place in the stream
/// @param room the room's number
/// @param eventId its id
/// @param sender the sender's number
/// @param type the event type
/// @param stateKey the number of its place in room state, 0 when it is no state event
/// @param depth its depth
/// @param flags bits that belong to the room engine, but for [#NOTIFIES]
/// @param notifyIndex how many events outside of threads up to this one count as unread to a plain
///   member of its room
/// @param thread position of the root of the thread it is in, 0 when it is in none
/// @param stateBefore the state version before it, 0 when the state was empty
/// @param replaces position of the event whose place in room state it took, 0 when the place was
///   empty or it is no state event
/// @param clientJson what clients see: a JSON object without `event_id`, `room_id`, `unsigned`
/// @param federationJson the rest of the federation format: a JSON object
/// @param redactedBy position of the event that redacted it, 0 when it is whole
@SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
public record StoredEvent(
        long position,
        int room,
        EventId eventId,
        int sender,
        String type,
        int stateKey,
        long depth,
        int flags,
        long notifyIndex,
        long thread,
        long stateBefore,
        long replaces,
        byte[] clientJson,
        byte[] federationJson,
        long redactedBy)
        implements EventFacts {
    /// The bit of the flags that says that the event is highlighted to somebody; the store knows to
    /// whom.
    public static final int HIGHLIGHTS = 1;

    /// The bit of the flags that says that the content has a `url` that is a string, as
    /// `contains_url` of filters asks.
    public static final int CONTAINS_URL = 2;

    /// The bit of the flags that says that the event counts as unread to a plain member of its
    /// room. It is the highest one: an index holds the events whose flags are not below it.
    public static final int NOTIFIES = 4;

    /// The same event with other texts: what is left of it for somebody who may not read all.
    public StoredEvent withTexts(byte[] newClientJson, byte[] newFederationJson) {
        return new StoredEvent(
                position,
                room,
                eventId,
                sender,
                type,
                stateKey,
                depth,
                flags,
                notifyIndex,
                thread,
                stateBefore,
                replaces,
                newClientJson,
                newFederationJson,
                redactedBy);
    }

    /// Whether it counts as unread to a plain member of its room.
    public boolean notifies() {
        return (flags & NOTIFIES) != 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredEvent event && event.position == position;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position);
    }

    @Override
    public String toString() {
        return "StoredEvent[" + position + ", " + eventId + ", " + type + "]";
    }
}
