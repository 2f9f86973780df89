package chat.hearth.rooms.event;

import chat.hearth.protocol.id.EventId;

/// An event that is durable.
///
/// @param eventId its id
/// @param position its place in the stream
public record Sent(EventId eventId, long position) {}
