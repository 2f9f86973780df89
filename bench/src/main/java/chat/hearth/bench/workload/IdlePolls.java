package chat.hearth.bench.workload;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.acceptance.wire.Requests;
import chat.hearth.acceptance.wire.ResponseBuffer;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.host.ProcessFacts;
import chat.hearth.bench.load.Crowd;
import chat.hearth.bench.load.Driver;
import chat.hearth.bench.load.LoadLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// W4: what 5,000 long polls cost that wait for news.
public final class IdlePolls implements Workload {

    private static final int POLLS = 5_000;
    private static final int ROOM_MEMBERS = 100;
    private static final double HEAP_MAX_KIB = 16;
    private static final double BYTES_PER_KIB = 1024;
    private static final int WARM_UPS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration SETTLE = Duration.ofSeconds(12);
    private static final Duration IDLE = Duration.ofSeconds(10);

    /// A request ends by itself so long after its loop at the latest: only then does the server
    /// notice that nobody is there.
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Duration MEASURED = SETTLE.plus(IDLE).plusMinutes(1);
    private static final String FILTER = "{\"presence\":{\"types\":[]}}";

    @Override
    public String name() {
        return "w4";
    }

    @Override
    public String title() {
        return "heap, resident memory and processor time of 5,000 idle long polls";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("w4")) {
            int port = host.server().port();
            var facts = new ProcessFacts(host.server().pid());
            Crowd crowd = Crowd.register(port, "idler-", POLLS);
            joinRooms(crowd);
            List<String> since = crowd.sync(FILTER);
            for (int round = 0; round < WARM_UPS; round++) {
                try (var loop = new LoadLoop(port, POLLS)) {
                    loop.run(new Waiting(crowd.tokens(), since, WARM_UP, WARM_UP.plus(MARGIN)));
                }
                Thread.sleep(MARGIN);
            }
            long heapBefore = facts.liveHeapBytes();
            long residentBefore = facts.residentBytes();
            ground.say("w4: 5,000 polls");
            try (var loop = new LoadLoop(port, POLLS)) {
                loop.run(new Waiting(crowd.tokens(), since, SETTLE, MEASURED));
                long heap = facts.liveHeapBytes() - heapBefore;
                long resident = facts.residentBytes() - residentBefore;
                double cpuBefore = facts.cpuSeconds();
                Thread.sleep(IDLE);
                double cpu = (facts.cpuSeconds() - cpuBefore) / IDLE.toSeconds();
                return results(heap, resident, cpu);
            }
        }
    }

    private static void joinRooms(Crowd crowd) throws IOException {
        for (int from = 0; from < POLLS; from += ROOM_MEMBERS) {
            List<String> tokens = crowd.tokens().subList(from, from + ROOM_MEMBERS);
            try (var connection = Connection.open(crowd.port(), tokens.getFirst())) {
                String room = Account.createPublicRoom(connection, "room " + from);
                new Crowd(crowd.port(), tokens).join(room);
            }
        }
    }

    private static List<Result> results(long heap, long resident, double cpu) {
        return List.of(
                Result.atMost(
                        "W4",
                        "live heap per idle poll",
                        heap / BYTES_PER_KIB / POLLS,
                        HEAP_MAX_KIB,
                        "KiB"),
                Result.of(
                        "W4",
                        "resident memory per idle poll",
                        "%.1f KiB".formatted(resident / BYTES_PER_KIB / POLLS)),
                Result.of("W4", "processor while 5,000 wait", "%.1f %%".formatted(cpu * 100)));
    }

    /// Polls once on every connection and waits until all of them have settled.
    private static final class Waiting implements Driver {
        private final List<String> tokens;
        private final List<String> since;
        private final long until;
        private final Duration timeout;

        /// @param lasting how long the loop runs
        /// @param timeout how long each request may wait
        Waiting(List<String> tokens, List<String> since, Duration lasting, Duration timeout) {
            this.tokens = tokens;
            this.since = since;
            this.until = System.nanoTime() + lasting.toNanos();
            this.timeout = timeout;
        }

        @Override
        public byte[] next(int n) {
            String query =
                    "timeout=%d&since=%s&filter=%s"
                            .formatted(timeout.toMillis(), escape(since.get(n)), escape(FILTER));
            return Requests.encode("GET", V3 + "/sync?" + query, tokens.get(n), "");
        }

        @Override
        public void answered(int n, ResponseBuffer answer, long nanos) {
            throw new IllegalStateException(
                    "a poll that should wait was answered: " + answer.answer().text());
        }

        @Override
        public boolean running() {
            return System.nanoTime() < until;
        }
    }
}
