package chat.hearth.rooms.stream;

/// The kinds of change as bits, so that a reader asks the store only for what changed.
public final class ChangeKind {
    /// A room event.
    public static final int EVENT = 1;

    /// A read receipt.
    public static final int RECEIPT = 2;

    /// Account data, global or of a room; also push rules and tags.
    public static final int ACCOUNT_DATA = 4;

    /// The user's own membership changed.
    public static final int MEMBERSHIP = 8;

    /// Anything else that concerns the user.
    public static final int OTHER = 16;

    private ChangeKind() {}
}
