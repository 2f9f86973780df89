package chat.hearth.homeserver;

import java.nio.file.Path;

/// The databases that a server runs on; tests for both take this as a parameter.
public enum TestedDatabase {
    /// The embedded one.
    SQLITE {
        @Override
        public TestHearth.Setup setup(Path directory) {
            return TestHearth.in(directory.resolve("sqlite"));
        }
    },
    /// A real server, which the tests of one JVM share; each class gets a database of its own.
    POSTGRESQL {
        @Override
        public TestHearth.Setup setup(Path directory) {
            return TestHearth.in(directory.resolve("postgresql")).postgres();
        }
    };

    /// A server to be started on a new database of this kind.
    ///
    /// @param directory for its data
    public abstract TestHearth.Setup setup(Path directory);
}
