package chat.hearth.storage;

/// Tells the stores of a database on whose behalf the running code reads. Safe for use by several
/// threads.
///
/// Code outside of any scope works for the server itself: its reads are urgent and always wanted.
/// Scopes are not handed on to threads that the code starts.
public final class ReadScopes {
    private static final ReadContext SERVER = ReadContext.ofServer(ReadPriority.URGENT);

    private final ScopedValue<ReadContext> current = ScopedValue.newInstance();

    /// Runs `work`, whose reads are on behalf of `context`.
    public <R, X extends Throwable> R call(
            ReadContext context, ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(current, context).call(work);
    }

    /// On whose behalf the running code reads.
    public ReadContext current() {
        return current.isBound() ? current.get() : SERVER;
    }

    /// Ends the running work here when nobody waits for its result any more; to be called between
    /// the steps of longer work.
    ///
    /// @throws ReadDroppedException then
    public void requireWanted() {
        current().requireWanted();
    }

    /// Runs `work` on behalf of the server, with this priority.
    public void runForServer(ReadPriority priority, Runnable work) {
        ScopedValue.where(current, ReadContext.ofServer(priority)).run(work);
    }
}
