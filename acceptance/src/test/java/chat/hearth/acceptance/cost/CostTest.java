package chat.hearth.acceptance.cost;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.homeserver.Hearth;
import chat.hearth.homeserver.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the commonest requests may cost. Statements are limited to what they were when the limit
/// was set, bytes to a quarter more. Who makes something cheaper lowers its limit; who has to raise
/// one says why.
@Timeout(600)
final class CostTest {

    /// A message, acknowledged, in a room of nine of whom nobody syncs. Its commit takes two
    /// statements more, which it shares with all that is written at the same moment.
    private static final Cost SEND_MAX = new Cost(2, 49_000);

    /// One of the polls that a message ends: its answer, and the next poll until it waits.
    private static final Cost WAKE_MAX = new Cost(0, 50_000);

    /// The poll of the sender's other connection, which its own message ends.
    private static final Cost OWN_WAKE_MAX = new Cost(0, 52_000);

    /// A sync that has nothing new and does not wait.
    private static final Cost IDLE_SYNC_MAX = new Cost(0, 20_700);

    private static final int WAITERS = 8;

    /// The rooms of somebody who has many.
    private static final int ROOMS = 200;

    /// Not one room of 200 more may be looked at; what else this process does is not as steady.
    private static final double MANY_ROOMS_FACTOR = 1.1;

    private static final int PER_BATCH = 100;

    /// What the compiler has optimised allocates less, and nobody knows when it gets to it: so many
    /// batches are tried until one is cheap enough.
    private static final int BATCHES_MAX = 100;

    /// So many that what the compiler optimises is mostly optimised.
    private static final int BATCHES_BEFORE_COMPARING = 15;

    private static final long LOOK_MILLIS = 1;

    /// Presence is told once a second.
    private static final long PRESENCE_SETTLES_MILLIS = 2_500;

    @TempDir Path directory;

    /// Off, as it is where performance is measured.
    private final Logger accessLog = Logger.getLogger("chat.hearth.http.access");

    private Hearth server;
    private Account senderAccount;
    private Connection sender;
    private String room;
    private int sent;

    @BeforeEach
    void start() throws IOException {
        accessLog.setLevel(Level.OFF);
        server =
                Hearth.start(
                        ConfigLoader.load(
                                null,
                                Map.of(
                                        "HEARTH_DATA_DIRECTORY", directory.toString(),
                                        "HEARTH_LISTENERS_CLIENT_PORT", "0",
                                        "HEARTH_LISTENERS_OPS_PORT", "0",
                                        "HEARTH_RATE_LIMITS_ENABLED", "false",
                                        "HEARTH_PASSWORD_HASH_MEMORY_KIB", "8",
                                        "HEARTH_PASSWORD_HASH_ITERATIONS", "1")));
        senderAccount = Account.register(server.clientPort(), "sender");
        sender = senderAccount.connect();
        room = Account.createPublicRoom(sender, "room");
    }

    @AfterEach
    void stop() {
        sender.close();
        server.close();
        accessLog.setLevel(null);
    }

    @Test
    void theCommonestRequestsCostNoMoreThanTheyDid() throws IOException, InterruptedException {
        List<Account> members = members(WAITERS);
        Cost send;
        Cost idleSync;
        try (var meter = meter(List.of())) {
            send = least(meter, PER_BATCH, SEND_MAX, this::send);
            String target = idleSync();
            idleSync = least(meter, PER_BATCH, IDLE_SYNC_MAX, () -> sender.get(target));
        }
        Cost ownWake = round(List.of(senderAccount), send.plus(OWN_WAKE_MAX)).minus(send);
        Cost wake =
                round(members, send.plus(WAKE_MAX.times(WAITERS))).minus(send).dividedBy(WAITERS);
        System.out.printf(
                "send: %s%nwake: %s%nown wake: %s%nidle sync: %s%n", send, wake, ownWake, idleSync);
        check("send", send, SEND_MAX);
        check("wake", wake, WAKE_MAX);
        check("own wake", ownWake, OWN_WAKE_MAX);
        check("idle sync", idleSync, IDLE_SYNC_MAX);
    }

    /// A wake looks at the rooms that changed, however many were joined.
    @Test
    void aWakeCostsTheSameInOneRoomAndInManyOfWhichOneChanged()
            throws IOException, InterruptedException {
        List<Account> members = members(2);
        Cost inOne = Cost.BOUNDLESS;
        for (int batch = 0; batch < BATCHES_BEFORE_COMPARING; batch++) {
            inOne = inOne.least(round(members, Cost.BOUNDLESS));
        }
        Cost limit = new Cost(inOne.statements(), inOne.bytes() * MANY_ROOMS_FACTOR);
        for (int n = 1; n < ROOMS; n++) {
            String other = Account.createPublicRoom(sender, "other");
            for (Account member : members) {
                try (var connection = member.connect()) {
                    Account.join(connection, other);
                }
            }
        }
        Cost inMany = round(members, limit);
        System.out.printf("round in 1 room: %s, in %d rooms: %s%n", inOne, ROOMS, inMany);
        check("round", inMany, limit);
    }

    /// A message, and all the polls that it ends.
    private Cost round(List<Account> members, Cost limit) throws IOException, InterruptedException {
        try (var waiters = new Waiters(members);
                var meter = meter(waiters.threads())) {
            return least(meter, PER_BATCH / 2, limit, () -> sendAndWait(waiters, members.size()));
        }
    }

    private List<Account> members(int count) throws IOException {
        List<Account> members = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Account member = Account.register(server.clientPort(), "member-" + n);
            try (var connection = member.connect()) {
                Account.join(connection, room);
            }
            members.add(member);
        }
        return members;
    }

    private Meter meter(List<Thread> others) throws IOException {
        List<Thread> clients = new ArrayList<>(others);
        clients.add(Thread.currentThread());
        return new Meter(server.opsPort().orElseThrow(), sender, clients);
    }

    /// The least of as many batches as it takes to stay within `limit`, or of all: what else goes
    /// on in this process only adds to it.
    private static Cost least(Meter meter, int perBatch, Cost limit, Meter.Work work)
            throws IOException, InterruptedException {
        Cost least = Cost.BOUNDLESS;
        for (int batch = 0; batch < BATCHES_MAX; batch++) {
            Cost cost = meter.of(() -> repeat(perBatch, work));
            least = least.least(cost.dividedBy(perBatch));
            if (least.isWithin(limit)) {
                break;
            }
        }
        return least;
    }

    private static void repeat(int times, Meter.Work work)
            throws IOException, InterruptedException {
        for (int n = 0; n < times; n++) {
            work.run();
        }
    }

    private void send() throws IOException {
        String target = Account.sendPath(room, "n" + sent++);
        sender.put(target, Account.text("Shall we meet at the old mill at eight?"))
                .expectOk("send");
    }

    private void sendAndWait(Waiters waiters, int count) throws IOException, InterruptedException {
        while (server.waitingSyncs() < count) {
            Thread.sleep(LOOK_MILLIS);
        }
        send();
        waiters.awaitAll();
    }

    /// A sync that goes on from where nothing moves any more: the sender's own presence is told a
    /// moment after the first sync.
    private String idleSync() throws IOException {
        String since = nextBatch("timeout=0");
        while (true) {
            String later =
                    nextBatch("timeout=" + PRESENCE_SETTLES_MILLIS + "&since=" + escape(since));
            if (later.equals(since)) {
                return V3 + "/sync?timeout=0&since=" + escape(since);
            }
            since = later;
        }
    }

    private String nextBatch(String query) throws IOException {
        return Account.sync(sender, query).string("next_batch").orElseThrow();
    }

    private static void check(String what, Cost cost, Cost limit) {
        assertTrue(cost.isWithin(limit), () -> what + " costs " + cost + ", limit " + limit);
    }
}
