package chat.hearth.homeserver.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A value that must not be written anywhere: every textual form of it is `***`.
public final class Secret {
    private final String value;

    /// Hides `value`.
    public Secret(String value) {
        this.value = value;
    }

    /// The value itself, for the one place that needs it.
    public String reveal() {
        return value;
    }

    /// Whether `candidate` is the value, in a time that does not tell how much of it is right.
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
