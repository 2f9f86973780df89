package chat.hearth.rooms.stream;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Stands in for the listener that can only be made once the database is open. Commits before the
/// connection wait for it.
public final class CommitRelay implements CommitListener {
    private final CompletableFuture<CommitListener> listener = new CompletableFuture<>();

    /// Connects the listener, once.
    public void connect(CommitListener to) {
        if (!listener.complete(to)) {
            throw new IllegalStateException("Connected before");
        }
    }

    @Override
    public void committed(List<Change> changes) {
        listener.join().committed(changes);
    }

    @Override
    public void skipped(long upTo) {
        listener.join().skipped(upTo);
    }
}
