package chat.hearth.storage;

/// A refresh token, known by its hash only.
///
/// @param user the owner's number
/// @param device number of the device it was given to
/// @param generation how often this device's tokens were refreshed before it was made
/// @param expiresTs milliseconds since the epoch, 0 for never
/// @param usedUp whether it was exchanged for tokens that were used since
public record RefreshToken(int user, int device, int generation, long expiresTs, boolean usedUp) {
    /// A token that was just made.
    public static RefreshToken fresh(int user, int device, int generation, long expiresTs) {
        return new RefreshToken(user, device, generation, expiresTs, false);
    }
}
