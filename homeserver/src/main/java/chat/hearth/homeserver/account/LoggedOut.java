package chat.hearth.homeserver.account;

/// Which devices of a user are logged out, however many there are.
public sealed interface LoggedOut {
    /// All stay.
    record None() implements LoggedOut {}

    /// None stays.
    record All() implements LoggedOut {}

    /// One stays.
    ///
    /// @param device the number of the device that stays
    record AllBut(int device) implements LoggedOut {}
}
