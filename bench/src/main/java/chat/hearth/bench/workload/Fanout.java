package chat.hearth.bench.workload;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.acceptance.wire.Requests;
import chat.hearth.acceptance.wire.ResponseBuffer;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.load.Batch;
import chat.hearth.bench.load.Crowd;
import chat.hearth.bench.load.Driver;
import chat.hearth.bench.load.Latencies;
import chat.hearth.bench.load.LoadLoop;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// W2: 1,000 receivers wait in a long poll; one message; the time until the last of them has it.
public final class Fanout implements Workload {

    private static final int RECEIVERS = 1_000;
    private static final int ROUNDS = 40;
    private static final int WARM_UP_ROUNDS = 20;
    private static final double LAST_MAX_MS = 60;

    /// Of the hall, all of them unread.
    private static final int MESSAGES = 100_000;

    /// While the receivers are away, before the server is started again.
    private static final int MISSED = 30;

    private static final int AUTHORS = 64;
    private static final double RETURN_MAX_MS = 2_000;

    @Override
    public String name() {
        return "w2";
    }

    @Override
    public String title() {
        return "one message in a room of 100,000 until the last of 1,000 long polls has it; all return after"
                + " a restart";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("w2")) {
            int port = host.server().port();
            Crowd authors = Crowd.register(port, "author-", AUTHORS);
            Crowd receivers = Crowd.register(port, "receiver-", RECEIVERS);
            Account sender = Account.register(port, "sender");
            String room;
            try (var connection = sender.connect()) {
                room = Account.createPublicRoom(connection, "hall");
            }
            receivers.join(room);
            authors.join(room);
            ground.say("w2: 100,000 messages");
            write(authors, room, "a", MESSAGES);
            List<String> since = receivers.sync(Rounds.FILTER);
            List<Result> results = new ArrayList<>();
            List<String> last;
            try (var connection = sender.connect();
                    var loop = new LoadLoop(port, RECEIVERS)) {
                var rounds = new Rounds(receivers.tokens(), since, connection, room);
                for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                    rounds.round(loop, round >= WARM_UP_ROUNDS);
                }
                results.addAll(rounds.results());
                last = rounds.since;
            }
            write(authors, room, "b", MISSED);
            host.restart();
            ground.say("w2: all come back");
            results.addAll(Return.run(new Crowd(host.server().port(), receivers.tokens()), last));
            return results;
        }
    }

    private static void write(Crowd authors, String room, String prefix, int messages)
            throws IOException {
        Batch.run(
                authors.port(),
                AUTHORS,
                messages,
                n ->
                        Requests.encode(
                                "PUT",
                                Account.sendPath(room, prefix + n),
                                authors.tokens().get(n % AUTHORS),
                                Account.text(Sending.BODY)),
                (_, _) -> {});
    }

    /// All receivers at once, each over a new connection, to a server that was just started.
    private static final class Return implements Driver {
        private final Crowd receivers;
        private final List<String> since;
        private final Latencies latencies = new Latencies();
        private final boolean[] asked = new boolean[RECEIVERS];

        private Return(Crowd receivers, List<String> since) {
            this.receivers = receivers;
            this.since = since;
        }

        static List<Result> run(Crowd receivers, List<String> since) throws IOException {
            var all = new Return(receivers, since);
            try (var loop = new LoadLoop(receivers.port(), RECEIVERS)) {
                loop.run(all);
            }
            return List.of(
                    Result.of(
                            "W2",
                            "half of 1,000 who return right after a restart",
                            "%.0f ms".formatted(all.latencies.millis(50))),
                    Result.atMost(
                            "W2",
                            "last of 1,000 who return right after a restart",
                            all.latencies.millis(100),
                            RETURN_MAX_MS,
                            "ms"));
        }

        @Override
        public byte @Nullable [] next(int n) {
            if (asked[n]) {
                return null;
            }
            asked[n] = true;
            return Rounds.request(receivers.tokens().get(n), since.get(n));
        }

        @Override
        public void answered(int n, ResponseBuffer answer, long nanos) {
            Rounds.read(answer);
            latencies.add(nanos);
        }

        @Override
        public boolean running() {
            return latencies.count() < RECEIVERS;
        }
    }

    /// The receivers, round after round.
    private static final class Rounds implements Driver {
        static final String FILTER =
                "{\"room\":{\"timeline\":{\"limit\":20,\"unread_thread_notifications\":true},"
                        + "\"state\":{\"lazy_load_members\":true}},\"presence\":{\"types\":[]}}";

        /// Long enough for the server to have taken all polls before the message is sent.
        private static final Duration SETTLE = Duration.ofMillis(150);

        private final List<String> tokens;
        private final List<String> since;
        private final Connection sender;
        private final String room;
        private final Latencies first = new Latencies();
        private final Latencies median = new Latencies();
        private final Latencies last = new Latencies();
        private long[] arrivals = new long[RECEIVERS];
        private boolean[] polling = new boolean[RECEIVERS];
        private byte[] wanted = new byte[0];
        private int arrived;
        private long until;
        private int number;

        Rounds(List<String> tokens, List<String> since, Connection sender, String room) {
            this.tokens = tokens;
            this.since = new ArrayList<>(since);
            this.sender = sender;
            this.room = room;
        }

        /// All receivers poll; when that has settled, one message.
        void round(LoadLoop loop, boolean counts) throws IOException {
            String body = "round " + number++;
            wanted = body.getBytes(StandardCharsets.UTF_8);
            arrived = 0;
            polling = new boolean[RECEIVERS];
            arrivals = new long[RECEIVERS];
            until = System.nanoTime() + SETTLE.toNanos();
            loop.run(this);
            until = Long.MAX_VALUE;
            long started = System.nanoTime();
            Thread sending = Thread.ofPlatform().start(() -> send(body));
            loop.run(this);
            joinQuietly(sending);
            if (counts) {
                note(started);
            }
        }

        private void send(String body) {
            try {
                sender.put(Account.sendPath(room, body), Account.text(body)).expectOk("send");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void joinQuietly(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void note(long started) {
            var round = new Latencies();
            for (long arrival : arrivals) {
                round.add(arrival - started);
            }
            first.add((long) (round.millis(0) * 1e6));
            median.add((long) (round.millis(50) * 1e6));
            last.add((long) (round.millis(100) * 1e6));
        }

        @Override
        public byte @Nullable [] next(int n) {
            if (polling[n]) {
                return null;
            }
            polling[n] = true;
            return request(tokens.get(n), since.get(n));
        }

        static byte[] request(String token, String since) {
            String target =
                    V3 + "/sync?timeout=30000&since=" + escape(since) + "&filter=" + escape(FILTER);
            return Requests.encode("GET", target, token, "");
        }

        /// Reads an answer as a client does, whose processor time counts too.
        static JsonObject read(ResponseBuffer answer) {
            return answer.answer().expectOk("sync");
        }

        @Override
        public void answered(int n, ResponseBuffer answer, long nanos) {
            since.set(n, read(answer).string("next_batch").orElseThrow());
            if (answer.bodyContains(wanted)) {
                arrivals[n] = System.nanoTime();
                arrived++;
            } else {
                polling[n] = false;
            }
        }

        @Override
        public boolean running() {
            return arrived < RECEIVERS && System.nanoTime() < until;
        }

        List<Result> results() {
            return List.of(
                    Result.of(
                            "W2", "first of 1,000, median", "%.1f ms".formatted(first.millis(50))),
                    Result.of(
                            "W2", "half of 1,000, median", "%.1f ms".formatted(median.millis(50))),
                    Result.atMost(
                            "W2", "last of 1,000, median", last.millis(50), LAST_MAX_MS, "ms"),
                    Result.of(
                            "W2",
                            "last of 1,000, worst of " + ROUNDS,
                            "%.1f ms".formatted(last.millis(100))));
        }
    }
}
