package chat.hearth.homeserver.client.badinput;

/// The servers of a [Scene].
enum Door {
    /// Everybody may register, nothing is limited.
    OPEN,
    /// Nobody may register.
    CLOSED,
    /// Whatever is limited may be done once, and other changes ten times.
    LIMITED,
    /// It takes long to check a password.
    SLOW
}
