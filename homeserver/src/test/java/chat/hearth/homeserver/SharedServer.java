package chat.hearth.homeserver;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server with two users, one for all tests of a class that extends this.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class SharedServer {
    protected TestHearth server;
    protected TestClient alice;
    protected TestClient bob;

    @BeforeAll
    final void startServer(@TempDir Path folder) {
        server = TestHearth.start(folder);
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterAll
    final void stopServer() {
        server.close();
    }
}
