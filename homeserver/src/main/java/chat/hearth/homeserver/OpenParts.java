package chat.hearth.homeserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What a server has opened so far; closes the last first, and each whatever becomes of the others.
/// For one thread at a time.
final class OpenParts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OpenParts.class.getName());

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /// Takes charge of a part that was just opened, and answers it.
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, part.getClass().getName() + " could not be closed", e);
            }
        }
    }
}
