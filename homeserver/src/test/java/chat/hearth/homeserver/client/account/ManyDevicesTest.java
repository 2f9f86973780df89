package chat.hearth.homeserver.client.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.account.Devices;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A user with more devices than any list shows.
final class ManyDevicesTest {
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    @TempDir private Path folder;

    private TestHearth server;
    private TestClient alice;
    private int user;

    @BeforeEach
    void start() {
        server = TestHearth.start(folder);
        alice = server.register("alice");
        user = server.number(alice.userId());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Adds devices that were never seen, made at the beginning of time.
    private void addDevices(int count) {
        server.database()
                .journal()
                .write(
                        tx -> {
                            for (int i = 0; i < count; i++) {
                                server.stores().devices().add(tx, user, "OLD" + i, null, i);
                            }
                            return count;
                        });
    }

    private int devices() {
        return server.stores().devices().ofUser(user, 20_000).size();
    }

    @Test
    void aNewPasswordLogsOutEveryOtherDevice() {
        addDevices(10_000);
        TestClient last = server.login("alice");
        addDevices(10_500);
        String change =
                """
                {"new_password": "secret2", "auth": {"type": "m.login.password",
                 "password": "secret", "identifier": {"type": "m.id.user", "user": "alice"}}}
                """;
        assertEquals("200", alice.post("account/password", change).outcome());
        assertEquals(1, devices());
        assertEquals("401 M_UNKNOWN_TOKEN", server.get(WHOAMI, last.token()).outcome());
        assertEquals("200", server.get(WHOAMI, alice.token()).outcome());
    }

    @Test
    void loggingOutEverywhereLeavesNoDevice() {
        addDevices(10_500);
        assertEquals("200", alice.post("logout/all", "{}").outcome());
        assertEquals(0, devices());
    }

    @Test
    void oneDeviceTooManyLogsOutTheOneThatWasNotSeenForLongest() {
        addDevices(Devices.DEVICES_MAX - 2);
        TestClient second = server.login("alice");
        assertEquals(Devices.DEVICES_MAX, devices());
        assertEquals("200", alice.get("devices/OLD0").outcome());
        TestClient third = server.login("alice");
        assertEquals(Devices.DEVICES_MAX, devices());
        assertEquals("404 M_NOT_FOUND", alice.get("devices/OLD0").outcome());
        assertEquals("200", alice.get("devices/OLD1").outcome());
        for (TestClient each : new TestClient[] {alice, second, third}) {
            assertEquals("200", server.get(WHOAMI, each.token()).outcome());
        }
    }
}
