package chat.hearth.homeserver.cli;

import org.jspecify.annotations.Nullable;

/// A command could not do what it was asked; the message is all that a person needs.
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailedException(@Nullable String message) {
        super(message);
    }
}
