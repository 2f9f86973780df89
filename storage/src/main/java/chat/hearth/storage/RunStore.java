package chat.hearth.storage;

import java.util.List;

/// The runs of the server. A database that was restored from a backup knows none that began after
/// the backup was made.
public interface RunStore {
    /// How many runs are remembered.
    int KEPT_MAX = 1_000;

    /// Begins a run where the stream stands. The oldest is forgotten when there are too many.
    void begin(WriteTransaction tx, String name);

    /// The runs that are remembered, the first of them first; at most [#KEPT_MAX].
    List<Run> all();
}
