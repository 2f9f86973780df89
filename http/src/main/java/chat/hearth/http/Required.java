package chat.hearth.http;

import chat.hearth.protocol.error.MatrixException;
import org.jspecify.annotations.Nullable;

/// What must be in a request.
public final class Required {
    private Required() {}

    /// `value`, which the request had to have.
    ///
    /// @param name the parameter's or member's name as it goes over the wire
    /// @throws MatrixException 400 `M_MISSING_PARAM` when it is null
    public static <T> T of(@Nullable T value, String name) {
        if (value == null) {
            throw MatrixException.missingParam("Missing " + name);
        }
        return value;
    }
}
