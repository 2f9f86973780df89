package chat.hearth.storage;

/// An access token, known by its hash only.
///
/// @param user the owner's number
/// @param device number of the device it was given to
/// @param generation how often this device's tokens were refreshed before it was made
/// @param expiresTs milliseconds since the epoch, 0 for never
public record AccessToken(int user, int device, int generation, long expiresTs) {}
