package chat.hearth.homeserver;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server with two users, a new one for each test of the classes that extend this.
public abstract class AliceAndBob {
    protected TestHearth server;
    protected TestClient alice;
    protected TestClient bob;

    @BeforeEach
    final void start(@TempDir Path folder) {
        server = TestHearth.start(folder);
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterEach
    final void stop() {
        server.close();
    }
}
