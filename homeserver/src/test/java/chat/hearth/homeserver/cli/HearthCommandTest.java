package chat.hearth.homeserver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class HearthCommandTest {
    private final List<String> made = new ArrayList<>();
    private final StringWriter printed = new StringWriter();

    @TempDir private Path folder;

    @Test
    void userCreateMakesTheAccountWithThePasswordFromStandardInput() {
        assertEquals(0, run("opensesame\n", "user", "create", "alice", "--admin"));
        assertEquals(List.of("alice opensesame admin"), made);
        assertTrue(printed.toString().contains("Made @alice:localhost, an admin."));
    }

    @Test
    void userCreateSaysNothingOfWhatTheLibrariesDo() {
        Level level = Logger.getLogger("").getLevel();
        try {
            assertEquals(0, run("opensesame\n", "user", "create", "alice"));
            assertFalse(Logger.getLogger("org.flywaydb.core").isLoggable(Level.INFO));
            assertTrue(Logger.getLogger("org.flywaydb.core").isLoggable(Level.WARNING));
        } finally {
            Logger.getLogger("").setLevel(level);
        }
    }

    @Test
    void anAccountWithoutPasswordIsNotMade() {
        assertEquals(HearthCommand.EXIT_FAILED, run("\n", "user", "create", "alice"));
        assertEquals(List.of(), made);
    }

    @Test
    void aRefusedAccountTellsWhy() {
        // No password is given: none is asked for.
        assertEquals(HearthCommand.EXIT_FAILED, run("", "user", "create", "taken"));
        assertTrue(printed.toString().contains("hearth: the name is taken"), printed.toString());
    }

    @Test
    void aServerThatCannotStartTellsWhy() {
        assertEquals(HearthCommand.EXIT_FAILED, run("", "serve"));
        assertTrue(printed.toString().contains("hearth: somebody has the port"));
    }

    @Test
    void aWrongConfigurationEndsWithItsOwnExitCode() throws IOException {
        Path file = Files.writeString(folder.resolve("hearth.yaml"), "sever-name: a");
        int exit = run("", "config", "check", "--config", file.toString());
        assertEquals(HearthCommand.EXIT_CONFIG, exit);
        assertTrue(printed.toString().contains("Did you mean `server-name`?"), printed.toString());
    }

    @Test
    void aRightConfigurationIsCalledFine() throws IOException {
        Path file = Files.writeString(folder.resolve("hearth.yaml"), "server-name: example.org");
        assertEquals(0, run("", "config", "check", "--config", file.toString()));
        assertEquals("The configuration of example.org is fine.", printed.toString().strip());
    }

    @Test
    void anUnknownCommandIsNamedAndExplainsTheUsage() {
        assertEquals(HearthCommand.EXIT_USAGE, run("", "sevre"));
        assertTrue(
                printed.toString().startsWith("hearth: `sevre` is not a command of `hearth`"),
                printed.toString());
        assertTrue(printed.toString().contains("Usage: hearth"), printed.toString());
    }

    @Test
    void anUnknownCommandOfACommandIsNamed() {
        assertEquals(HearthCommand.EXIT_USAGE, run("", "user", "made", "bob"));
        assertTrue(
                printed.toString().startsWith("hearth: `made` is not a command of `hearth user`"),
                printed.toString());
    }

    private int run(String input, String... args) {
        CommandLine commands = HearthCommand.commandLine(new NotingControl());
        PrintWriter out = new PrintWriter(printed, true);
        commands.setOut(out).setErr(out);
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return commands.execute(args);
        } finally {
            System.setIn(before);
        }
    }

    private final class NotingControl implements ServerControl {
        @Override
        public Running start(HearthConfig config) {
            throw new StartRefusedException("somebody has the port");
        }

        @Override
        public void requireFree(HearthConfig config, String localpart) {
            if (localpart.equals("taken")) {
                throw new AccountRefusedException("the name is taken");
            }
        }

        @Override
        public String createAccount(
                HearthConfig config, String localpart, Secret password, boolean admin) {
            made.add(localpart + " " + password.reveal() + (admin ? " admin" : ""));
            return "@" + localpart + ":" + config.serverName();
        }
    }
}
