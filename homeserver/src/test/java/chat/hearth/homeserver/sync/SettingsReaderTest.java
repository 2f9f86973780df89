package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {
    private static final int SOMEBODY = 1_000;

    private TestHearth server;
    private SettingsReader settings;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = TestHearth.start(folder);
        settings = new SettingsReader(server.stores());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long put(int user, String type, String content) {
        return server.database()
                .journal()
                .write(
                        tx -> {
                            long position = tx.nextPosition();
                            byte[] json = content.getBytes(StandardCharsets.UTF_8);
                            server.stores()
                                    .accountData()
                                    .put(tx, new AccountData(user, 0, type, position, json));
                            tx.announce(new Change(position, Change.Kind.ACCOUNT_DATA, 0, user));
                            return position;
                        });
    }

    private PersonalSettings read(int user) throws InterruptedException {
        ChangeFeed feed = server.engine().feed();
        return settings.at(feed.subscribe(user), feed.settledPosition());
    }

    @Test
    void whatIsRememberedIsBoundedByItsSize() throws InterruptedException {
        String endless = "{\"x\":\"" + "x".repeat(500_000) + "\"}";
        int users = (int) (SettingsReader.BYTES_MAX / endless.length()) + 10;
        for (int user = SOMEBODY; user < SOMEBODY + users; user++) {
            put(user, SettingsReader.PUSH_RULES, endless);
            var _ = read(user);
        }
        assertTrue(settings.bytes() <= SettingsReader.BYTES_MAX, "" + settings.bytes());
    }

    @Test
    void whoseCountsHoldIsToldByThePositionOfTheLastChange() throws InterruptedException {
        assertEquals(0, read(SOMEBODY).changedAt());
        long rules = put(SOMEBODY, SettingsReader.PUSH_RULES, "{}");
        assertEquals(rules, read(SOMEBODY).changedAt());
        long ignored = put(SOMEBODY, IgnoredUsers.TYPE, "{\"ignored_users\":{}}");
        assertEquals(ignored, read(SOMEBODY).changedAt());
        put(SOMEBODY, "org.example.other", "{}");
        assertEquals(ignored, read(SOMEBODY).changedAt());
        long again = put(SOMEBODY, SettingsReader.PUSH_RULES, "{}");
        assertEquals(again, read(SOMEBODY).changedAt());
    }
}
