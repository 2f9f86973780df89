package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.OnBothDatabases;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestedDatabase;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// One server for all tests of a class, on each database in turn. Every test has users and rooms of
/// its own.
@OnBothDatabases
abstract class SyncOnBothDatabases {
    private final AtomicInteger users = new AtomicInteger();
    private final SyncSchema schema = SyncSchema.load();

    @Parameter @Nullable TestedDatabase database;
    @TempDir static Path folder;
    private @Nullable TestHearth server;

    @BeforeParameterizedClassInvocation
    void start() {
        server = Objects.requireNonNull(database).setup(folder).start();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server().close();
    }

    TestHearth server() {
        return Objects.requireNonNull(server);
    }

    /// A new user.
    SyncUser user() {
        return user("user" + users.incrementAndGet());
    }

    /// A new user whose id sorts by `name`.
    SyncUser user(String name) {
        return new SyncUser(server().register(name), schema);
    }

    /// Another device of a user.
    SyncUser otherDevice(SyncUser user) {
        String localpart = user.id().substring(1, user.id().indexOf(':'));
        return new SyncUser(server().login(localpart), schema);
    }
}
