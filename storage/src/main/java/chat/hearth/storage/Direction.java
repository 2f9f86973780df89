package chat.hearth.storage;

/// Which way to walk through positions.
public enum Direction {
    /// From old to new.
    FORWARD,
    /// From new to old.
    BACKWARD
}
