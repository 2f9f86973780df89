package chat.hearth.storage;

/// A run of the server, from one start to the next.
///
/// @param name a random name, of `0-9a-z`
/// @param startedAt the position that the stream had when the run began
public record Run(String name, long startedAt) {}
