package chat.hearth.acceptance.overload;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Reads that make the server do much for one user.
@Timeout(600)
final class CostlyReadsTest {
    private static final int LARGE_EVENTS = 1_000;
    private static final int SMALL_EVENTS = 10_000;
    private static final int LARGE_BYTES = 63_000;

    @TempDir Path directory;

    private static String fill(Account account, int events, int bytes) throws IOException {
        try (Connection connection = account.connect()) {
            String room = Account.createPublicRoom(connection, "full");
            String text = Account.text("x".repeat(bytes));
            for (int i = 0; i < events; i++) {
                connection.put(Account.sendPath(room, "f" + i), text).expectOk("a message");
            }
            return room;
        }
    }

    private void survives(int parallel, int events, int bytes, String query) throws Exception {
        try (Victim victim = Victim.start(directory)) {
            Account attacker = Account.register(victim.port(), "attacker");
            String path =
                    Account.V3 + "/rooms/" + fill(attacker, events, bytes) + "/messages?" + query;
            try (Attack attack = Attack.begin(parallel, () -> read(attacker, path))) {
                victim.isServedDuring(attack);
            }
            victim.isUnharmed();
        }
    }

    private static void read(Account account, String path) throws IOException {
        try (Connection connection = account.connect()) {
            connection.get(path);
        }
    }

    @Test
    void largePages() throws Exception {
        survives(8, LARGE_EVENTS, LARGE_BYTES, "dir=b&limit=1000");
    }

    @Test
    void largeSettings() throws Exception {
        try (Victim victim = Victim.start(directory)) {
            Account attacker = Account.register(victim.port(), "attacker");
            String text = Account.text("x".repeat(LARGE_BYTES));
            try (Connection connection = attacker.connect()) {
                for (int i = 0; i < LARGE_EVENTS; i++) {
                    connection.put(setting(attacker, i), text).expectOk("account data");
                }
            }
            String sync = Account.V3 + "/sync";
            try (Attack attack = Attack.begin(8, () -> read(attacker, sync))) {
                victim.isServedDuring(attack);
            }
            victim.isUnharmed();
        }
    }

    private static String setting(Account account, int number) {
        return "%s/user/%s/account_data/s%d".formatted(Account.V3, account.userId(), number);
    }

    @Test
    void longScans() throws Exception {
        String filter = URLEncoder.encode("{\"contains_url\":true}", StandardCharsets.UTF_8);
        survives(40, SMALL_EVENTS, 10, "dir=b&limit=1&filter=" + filter);
    }
}
