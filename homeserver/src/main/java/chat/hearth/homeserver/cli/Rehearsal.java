package chat.hearth.homeserver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// A few requests that load the classes every start needs, so that the JVM's start-up cache has
/// them.
final class Rehearsal {
    private static final String[] PATHS = {
        "/", "/_matrix/client/versions", "/_matrix/client/v3/login", "/_matrix/client/v3/sync"
    };
    private static final int ROUNDS = 5;

    private Rehearsal() {}

    /// Asks the server on `port` of this machine.
    static void run(int port) {
        for (int round = 0; round < ROUNDS; round++) {
            for (String path : PATHS) {
                ask(URI.create("http://127.0.0.1:" + port + path));
            }
        }
    }

    /// The answer itself does not matter: a refusal loads classes too.
    private static void ask(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.getResponseCode();
            connection.disconnect();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }
}
