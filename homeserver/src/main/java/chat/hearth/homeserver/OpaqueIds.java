package chat.hearth.homeserver;

import java.security.SecureRandom;

/// Gives ids of 18 letters, which nobody can guess and which never come twice in practice: there
/// are 52^18, about 2^102 of them. Safe for use by several threads.
final class OpaqueIds {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 18;

    private final SecureRandom random;

    OpaqueIds(SecureRandom random) {
        this.random = random;
    }

    /// The next id.
    String next() {
        var id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
