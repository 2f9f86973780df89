package chat.hearth.acceptance.crash;

/// Something that holds one value, the last written: a state key, a membership, account data, a
/// read receipt.
///
/// @param kind how it is read back
/// @param owner the index of the only worker that writes it
/// @param roomId the room, or an empty text for account data of the user
record Cell(Kind kind, int owner, String roomId) {

    /// Reads as this when nothing was ever written, or for a membership other than join.
    static final String ABSENT = "";

    /// A membership of join.
    static final String JOINED = "join";

    /// The kinds of values that the load writes.
    enum Kind {
        STATE,
        MEMBERSHIP,
        ACCOUNT_DATA,
        RECEIPT;

        /// Whether each write of such a value is an event in the room's timeline too.
        boolean showsAsEvents() {
            return switch (this) {
                case STATE, MEMBERSHIP -> true;
                case ACCOUNT_DATA, RECEIPT -> false;
            };
        }
    }
}
