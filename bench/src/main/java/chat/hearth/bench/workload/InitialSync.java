package chat.hearth.bench.workload;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Answer;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.acceptance.wire.Requests;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.load.Batch;
import chat.hearth.bench.load.Crowd;
import chat.hearth.bench.load.Latencies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// W3: the syncs of an account in 1,000 rooms.
public final class InitialSync implements Workload {

    private static final int ROOMS = 1_000;
    private static final int OTHERS = 20;
    private static final int MESSAGES = 100;
    private static final int REPEATS = 15;
    private static final int CONNECTIONS = 16;
    private static final double INITIAL_MAX_MS = 150;
    private static final double COLD_MAX_MS = 1_000;
    private static final byte[] ROOM_ID = "\"room_id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final String LAZY =
            escape(
                    "{\"room\":{\"state\":{\"lazy_load_members\":true},"
                            + "\"timeline\":{\"unread_thread_notifications\":true}}}");

    @Override
    public String name() {
        return "w3";
    }

    @Override
    public String title() {
        return "initial (cold and warm), empty and one-message sync of an account in 1,000 rooms of 21"
                + " members and 100 messages";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("w3")) {
            int port = host.server().port();
            Account reader = Account.register(port, "reader");
            List<String> rooms = createRooms(port, reader);
            ground.say("w3: the others join and write");
            Crowd others = Crowd.register(port, "other-", OTHERS);
            fill(others, rooms);
            List<Result> results = new ArrayList<>();
            results.add(cold(host, reader, "lazy members", "filter=" + LAZY + "&timeout=0"));
            results.add(cold(host, reader, "all members", "timeout=0"));
            int now = host.server().port();
            try (var connection = Connection.open(now, reader.token());
                    var other = Connection.open(now, others.tokens().getFirst())) {
                results.addAll(measure(connection, other, rooms));
            }
            return results;
        }
    }

    private static List<String> createRooms(int port, Account reader) throws IOException {
        List<String> rooms = new ArrayList<>(Collections.nCopies(ROOMS, ""));
        Batch.run(
                port,
                CONNECTIONS,
                ROOMS,
                n ->
                        Requests.encode(
                                "POST",
                                V3 + "/createRoom",
                                reader.token(),
                                "{\"preset\":\"public_chat\",\"name\":\"room " + n + "\"}"),
                (n, answer) -> rooms.set(n, answer.textAfter(ROOM_ID)));
        return rooms;
    }

    private static void fill(Crowd others, List<String> rooms) throws IOException {
        Batch.run(
                others.port(),
                CONNECTIONS,
                ROOMS * OTHERS,
                n ->
                        Requests.encode(
                                "POST",
                                V3 + "/rooms/" + escape(rooms.get(n / OTHERS)) + "/join",
                                others.tokens().get(n % OTHERS),
                                "{}"),
                (_, _) -> {});
        Batch.run(
                others.port(),
                CONNECTIONS,
                ROOMS * MESSAGES,
                n ->
                        Requests.encode(
                                "PUT",
                                Account.sendPath(rooms.get(n / MESSAGES), "fill" + n),
                                others.tokens().get(n % OTHERS),
                                Account.text(Sending.BODY)),
                (_, _) -> {});
    }

    /// The first request of all to a server that was just started.
    private static Result cold(Host host, Account reader, String members, String query)
            throws IOException, InterruptedException {
        host.restart();
        try (var connection = Connection.open(host.server().port(), reader.token())) {
            long before = System.nanoTime();
            Answer answer = connection.get(V3 + "/sync?" + query);
            double millis = (System.nanoTime() - before) / 1e6;
            answer.expectOk("sync");
            return Result.atMost(
                    "W3",
                    "initial sync right after a restart, 1,000 rooms, " + members,
                    millis,
                    COLD_MAX_MS,
                    "ms");
        }
    }

    private static List<Result> measure(Connection reader, Connection other, List<String> rooms)
            throws IOException {
        List<Result> results = new ArrayList<>();
        Timed lazy = Timed.median(reader, "filter=" + LAZY + "&timeout=0");
        results.add(
                Result.atMost(
                        "W3",
                        "initial sync, 1,000 rooms, lazy members (" + lazy.size() + ")",
                        lazy.millis(),
                        INITIAL_MAX_MS,
                        "ms"));
        Timed full = Timed.median(reader, "timeout=0");
        results.add(
                Result.atMost(
                        "W3",
                        "initial sync, 1,000 rooms, all members (" + full.size() + ")",
                        full.millis(),
                        INITIAL_MAX_MS,
                        "ms"));
        String since = full.answer().json().string("next_batch").orElseThrow();
        Timed empty = Timed.median(reader, "timeout=0&since=" + escape(since));
        results.add(Result.of("W3", "sync with nothing new", "%.2f ms".formatted(empty.millis())));
        String target = Account.sendPath(rooms.get(ROOMS / 2), "one");
        other.put(target, Account.text(Sending.BODY)).expectOk("send");
        Timed one = Timed.median(reader, "timeout=0&since=" + escape(since));
        results.add(Result.of("W3", "sync with one message", "%.2f ms".formatted(one.millis())));
        return results;
    }

    /// The median time of one sync request, and the last answer.
    private record Timed(double millis, Answer answer) {

        static Timed median(Connection connection, String query) throws IOException {
            var latencies = new Latencies();
            Answer answer = connection.get(V3 + "/sync?" + query);
            for (int n = 0; n < REPEATS; n++) {
                long before = System.nanoTime();
                answer = connection.get(V3 + "/sync?" + query);
                latencies.add(System.nanoTime() - before);
            }
            answer.expectOk("sync");
            return new Timed(latencies.millis(50), answer);
        }

        String size() {
            return "%.1f MB".formatted(answer.body().length / 1e6);
        }
    }
}
