package chat.hearth.acceptance.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server under test runs on the JVM that `./hearth serve` would give it.
final class ServerSettingsTest {
    private static final Path LAUNCHER = Path.of("../hearth");

    /// What the launcher writes between `java` and what the user adds.
    private static final Pattern OPTIONS =
            Pattern.compile("/bin/java\" \\\\\\n(.*?)\\$\\{AOT_OPTION", Pattern.DOTALL);

    /// On a class path only; the launcher's jar says it in its manifest.
    private static final String FOR_CLASS_PATHS = "--enable-native-access=ALL-UNNAMED";

    @TempDir private Path folder = Path.of("unset");

    @Test
    void theJvmIsSetUpAsTheLauncherDoesIt() throws IOException {
        Matcher launcher = OPTIONS.matcher(Files.readString(LAUNCHER));
        assertTrue(launcher.find(), "the launcher starts a server");
        List<String> expected =
                Stream.of(launcher.group(1).split("[\\s\\\\]+"))
                        .filter(option -> !option.isEmpty())
                        .toList();
        assertTrue(expected.size() > 4, expected::toString);

        List<String> command =
                ServerSettings.sqlite(folder).withJvmOptions(List.of()).command(folder);
        List<String> actual =
                command.subList(1, command.indexOf("-cp")).stream()
                        .filter(option -> !option.equals(FOR_CLASS_PATHS))
                        .toList();
        assertEquals(expected, actual);
    }
}
