package chat.hearth.testkit.db;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Stops the PostgreSQL of [TestDatabases] after the last test, while the JVM is not ending yet: to
/// delete the files of some hundred databases may take longer than a build waits for that. JUnit
/// finds it by `META-INF/services`.
public final class ServerStop implements LauncherSessionListener {
    /// For JUnit.
    public ServerStop() {}

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        TestDatabases.stopServer();
    }
}
