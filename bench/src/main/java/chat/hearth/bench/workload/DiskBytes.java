package chat.hearth.bench.workload;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Requests;
import chat.hearth.bench.host.DatabaseKind;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.load.Batch;
import chat.hearth.bench.load.Crowd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// W12: how the database grows, by kind of event. SQLite only: there the file is the database.
public final class DiskBytes implements Workload {

    private static final int MEMBERS = 5_000;
    private static final int MESSAGES = 20_000;
    private static final int STATES = 5_000;
    private static final int CONNECTIONS = 64;
    private static final double SMALL_MAX_BYTES = 800;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /// As long as the ciphertext of a short message.
    private static final String CIPHERTEXT = "AwgA".repeat(110);

    @Override
    public String name() {
        return "w12";
    }

    @Override
    public String title() {
        return "database bytes per event, all indexes included, by kind";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        if (ground.database() != DatabaseKind.SQLITE) {
            return List.of();
        }
        try (Host host = ground.host("w12")) {
            int port = host.server().port();
            Account account = Account.register(port, "writer");
            Crowd crowd = Crowd.register(port, "member-", MEMBERS);
            String room;
            try (var connection = account.connect()) {
                room = Account.createPublicRoom(connection, "room");
            }
            List<Result> results = new ArrayList<>();
            long before = bytesAtRest(host);

            write(account, MESSAGES, n -> put(account, Account.sendPath(room, "s" + n), small(n)));
            long after = bytesAtRest(host);
            double each = (double) (after - before) / MESSAGES;
            results.add(Result.atMost("W12", "a small message", each, SMALL_MAX_BYTES, "B"));

            String rooms = V3 + "/rooms/" + escape(room);
            String encrypted = rooms + "/send/m.room.encrypted/e";
            write(account, MESSAGES, n -> put(account, encrypted + n, encrypted()));
            results.add(figure("an encrypted message", after, bytesAtRest(host), MESSAGES));

            after = bytesAtRest(host);
            crowd.join(room);
            results.add(figure("a join", after, bytesAtRest(host), MEMBERS));

            after = bytesAtRest(host);
            String state = rooms + "/state/chat.hearth.bench/key";
            write(account, STATES, n -> put(account, state + n % 100, "{\"value\":" + n + "}"));
            results.add(figure("a small state event", after, bytesAtRest(host), STATES));
            return results;
        }
    }

    private static Result figure(String kind, long before, long after, int count) {
        return Result.of("W12", kind, "%,d B".formatted((after - before) / count));
    }

    private static void write(Account account, int count, IntFunction<byte[]> requests)
            throws IOException {
        Batch.run(account.port(), CONNECTIONS, count, requests, (_, _) -> {});
    }

    private static byte[] put(Account account, String target, String content) {
        return Requests.encode("PUT", target, account.token(), content);
    }

    private static String small(int n) {
        return Account.text(Sending.BODY + " " + n);
    }

    private static String encrypted() {
        return """
               {"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"%s","device_id":"JLAFKJWSCS",\
               "sender_key":"IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA",\
               "session_id":"X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ"}"""
                .formatted(CIPHERTEXT);
    }

    /// Stops the server, so that all is in the database's files, and starts it again.
    private static long bytesAtRest(Host host) throws IOException, InterruptedException {
        host.server().terminate(STOP_LIMIT);
        long bytes = 0;
        for (String suffix : List.of("", "-wal")) {
            Path file = host.directory().resolve(ServerSettings.SQLITE_FILE + suffix);
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        host.server().restart();
        return bytes;
    }
}
