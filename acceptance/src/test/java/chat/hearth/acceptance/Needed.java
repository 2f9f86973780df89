package chat.hearth.acceptance;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// What some tests need besides the build. Where it is missing they are left out, which `./hearth
/// test` tells at its end; in continuous integration (`CI=true`) they fail.
public final class Needed {

    /// Begins the line that the launcher repeats at the end.
    private static final String LEFT_OUT = "LEFT OUT: ";

    private Needed() {}

    /// Leaves the calling test or class out unless `command` is installed.
    ///
    /// @param tests what is left out without it, in words
    public static void command(String command, String tests) {
        if (!isInstalled(command)) {
            leaveOut(tests + ", since " + command + " is not installed");
        }
    }

    /// Leaves the calling test or class out unless `check` ends well.
    ///
    /// @param name what `check` looks for, such as a package
    public static void working(List<String> check, String name, String tests) {
        try {
            Process process =
                    new ProcessBuilder(check)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                leaveOut(tests + ", since " + name + " is not installed");
            }
        } catch (IOException absent) {
            leaveOut(tests + ", since " + name + " is not installed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Leaves the calling test or class out.
    ///
    /// @param what what is left out, and why
    public static void leaveOut(String what) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            fail("In continuous integration nothing is left out: " + what);
        }
        note(what);
        Assumptions.abort(what);
    }

    /// Notes that something is not looked at on this machine.
    public static void note(String what) {
        System.out.println(LEFT_OUT + what);
    }

    private static boolean isInstalled(String command) {
        List<String> folders = Arrays.asList(System.getenv("PATH").split(File.pathSeparator, -1));
        return folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
