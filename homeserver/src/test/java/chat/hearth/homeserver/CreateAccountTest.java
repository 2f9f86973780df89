package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/// What `hearth user create` does to a database: the account is there, whether a server runs on it
/// or not.
@OnBothDatabases
final class CreateAccountTest {
    private static final String PASSWORD = "opensesame";

    @Parameter private @Nullable TestedDatabase database;

    private TestHearth.Setup setup(Path folder) {
        return Objects.requireNonNull(database).setup(folder);
    }

    private static String create(TestHearth.Setup setup, String name, boolean admin) {
        return Hearth.createAccount(setup.config(), name, new Secret(PASSWORD), admin).value();
    }

    private static boolean isAdmin(TestHearth server, String userId) {
        return server.accounts().accounts().require(server.number(userId)).admin();
    }

    private static void logsIn(TestHearth server, String name) {
        TestHearth.Answer answer = server.login(name, PASSWORD);
        assertEquals(200, answer.status(), answer.toString());
        String token = answer.string("access_token");
        TestHearth.Answer whoami = server.get("/_matrix/client/v3/account/whoami", token);
        assertEquals("@" + name + ":" + TestHearth.NAME, whoami.string("user_id"));
    }

    @Test
    void theFirstAccountIsMadeBeforeTheFirstStart(@TempDir Path folder) {
        TestHearth.Setup setup = setup(folder);
        assertEquals("@root:hearth.test", create(setup, "root", true));
        assertEquals("@plain:hearth.test", create(setup, "plain", false));
        try (TestHearth server = setup.start()) {
            logsIn(server, "root");
            logsIn(server, "plain");
            assertEquals(true, isAdmin(server, "@root:hearth.test"));
            assertEquals(false, isAdmin(server, "@plain:hearth.test"));
        }
    }

    @Test
    void anAccountIsMadeBesideARunningServerThatGoesOn(@TempDir Path folder) {
        TestHearth.Setup setup = setup(folder);
        try (TestHearth server = setup.start()) {
            TestClient alice = server.register("alice");
            String room = alice.room("public_chat");
            assertEquals("@root:hearth.test", create(setup, "root", true));
            logsIn(server, "root");
            assertEquals("400 M_USER_IN_USE", server.registration("root").outcome());
            alice.say(room, "still here");
            server.restart();
            logsIn(server, "root");
            assertEquals(true, isAdmin(server, "@root:hearth.test"));
            alice.say(room, "and here again");
        }
    }

    @Test
    void aNameThatIsTakenOrNoneIsRefused(@TempDir Path folder) {
        TestHearth.Setup setup = setup(folder);
        create(setup, "root", true);
        assertEquals(ErrCode.M_USER_IN_USE, refused(setup, "root"));
        assertEquals(ErrCode.M_INVALID_USERNAME, refused(setup, "no name"));
        try (TestHearth server = setup.start()) {
            assertEquals(true, isAdmin(server, "@root:hearth.test"));
        }
    }

    @Test
    void aNameIsCheckedBeforeThereIsAPassword(@TempDir Path folder) {
        TestHearth.Setup setup = setup(folder);
        create(setup, "root", true);
        assertEquals(ErrCode.M_USER_IN_USE, refusedName(setup, "root"));
        assertEquals(ErrCode.M_INVALID_USERNAME, refusedName(setup, "no name"));
        Hearth.requireFree(setup.config(), "free");
    }

    private static ErrCode refusedName(TestHearth.Setup setup, String name) {
        HearthConfig config = setup.config();
        return assertThrows(MatrixException.class, () -> Hearth.requireFree(config, name))
                .errCode();
    }

    private static ErrCode refused(TestHearth.Setup setup, String name) {
        return assertThrows(MatrixException.class, () -> create(setup, name, false)).errCode();
    }
}
