package chat.hearth.http;

/// Sees to the threads that a server cannot do without. One that ended without a word would leave a
/// server that listens and no longer serves.
@FunctionalInterface
public interface VitalThreads {
    /// Nobody does: a thread that fails ends.
    VitalThreads UNWATCHED = (_, work) -> work;

    /// The whole work of a thread, watched: whatever it throws is reported, and ends the server.
    ///
    /// @param part names the work, as a sentence begins
    Runnable watched(String part, Runnable work);
}
