package chat.hearth.storage;

import java.util.Map;

/// Versions of room state, stored as deltas with periodic snapshots.
///
/// A version is immutable. Loading one reads at most [#DELTAS_MAX] small deltas, one cumulative
/// delta and one snapshot.
public interface StateStore {
    /// After this many deltas in a row, a cumulative delta or a snapshot is stored.
    int DELTAS_MAX = 64;

    /// Adds a version.
    ///
    /// @param parent the version that it changes, 0 for the empty state
    /// @param changes what differs from the parent; position 0 empties a place
    /// @return the number of the new version
    long add(WriteTransaction tx, int room, long parent, StateEntries changes);

    /// The whole state of a version; version 0 is empty.
    ///
    /// @throws StorageException when there is no such version
    StateEntries load(long version);

    /// The whole states of several versions, by version; version 0 is not among them.
    ///
    /// @throws StorageException when there is no such version
    Map<Long, StateEntries> load(long[] versions);

    /// The position of the state event at one place of a version, 0 when the place is empty.
    ///
    /// @throws StorageException when there is no such version
    long position(long version, int stateKey);

    /// The positions of the state events at some places of several versions, by version, in the
    /// order of `stateKeys`; 0 where the place is empty. Versions that lie near each other share
    /// most of what is read for them. Version 0 is not among them.
    ///
    /// @throws StorageException when there is no such version
    Map<Long, long[]> positions(long[] versions, int... stateKeys);

    /// The number of the latest version, 0 when there is none.
    long latest();

    /// Deletes versions that no event, no room and no other version refers to.
    ///
    /// @param after where to go on, 0 to start
    /// @param before versions from this one on are kept: they may be in use by writes under way
    /// @param limit how many versions to look at
    /// @return where to go on, or `before` when the end is reached
    long collect(WriteTransaction tx, long after, long before, int limit);
}
