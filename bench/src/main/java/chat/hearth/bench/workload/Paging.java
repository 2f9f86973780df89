package chat.hearth.bench.workload;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Requests;
import chat.hearth.acceptance.wire.ResponseBuffer;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.load.Batch;
import chat.hearth.bench.load.Driver;
import chat.hearth.bench.load.LoadLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// W5: paging back through a long room.
public final class Paging implements Workload {

    private static final int MESSAGES = 50_000;
    private static final int SENDING_CONNECTIONS = 64;
    private static final int READERS = 1;
    private static final double RATE_MIN = 50_000;

    @Override
    public String name() {
        return "w5";
    }

    @Override
    public String title() {
        return "one reader's /messages back through 50,000 events, in pages of 1,000 and of 100";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException {
        try (Host host = ground.host("w5")) {
            int port = host.server().port();
            Account account = Account.register(port, "reader");
            String room;
            try (var connection = account.connect()) {
                room = Account.createPublicRoom(connection, "archive");
            }
            ground.say("w5: 50,000 messages");
            Batch.run(
                    port,
                    SENDING_CONNECTIONS,
                    MESSAGES,
                    n ->
                            Requests.encode(
                                    "PUT",
                                    Account.sendPath(room, "n" + n),
                                    account.token(),
                                    Account.text(Sending.BODY + " " + n)),
                    (_, _) -> {});
            List<Result> results = new ArrayList<>();
            for (int limit : new int[] {1000, 100}) {
                Readers.run(account, room, limit, ground.warmUp());
                double rate = Readers.run(account, room, limit, ground.measured());
                results.add(
                        Result.atLeast("W5", "events, pages of " + limit, rate, RATE_MIN, "/s"));
            }
            return results;
        }
    }

    /// A reader paging back from the newest event to the first and beginning again.
    private static final class Readers implements Driver {
        private static final byte[] EVENT_ID = "\"event_id\":".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] END = "\"end\":\"".getBytes(StandardCharsets.US_ASCII);
        private static final double NANOS_PER_SECOND = 1e9;

        private final String token;
        private final String target;
        private final String[] from = new String[READERS];
        private final long until;
        private long events;

        private Readers(Account account, String room, int limit, Duration time) {
            this.token = account.token();
            this.target = V3 + "/rooms/" + escape(room) + "/messages?dir=b&limit=" + limit;
            this.until = System.nanoTime() + time.toNanos();
            Arrays.fill(from, "");
        }

        /// @return events per second
        static double run(Account account, String room, int limit, Duration time)
                throws IOException {
            var readers = new Readers(account, room, limit, time);
            long started = System.nanoTime();
            try (var loop = new LoadLoop(account.port(), READERS)) {
                loop.run(readers);
            }
            return readers.events * NANOS_PER_SECOND / (System.nanoTime() - started);
        }

        @Override
        public byte[] next(int n) {
            String page = from[n].isEmpty() ? target : target + "&from=" + escape(from[n]);
            return Requests.encode("GET", page, token, "");
        }

        @Override
        public void answered(int n, ResponseBuffer answer, long nanos) {
            events += answer.count(EVENT_ID);
            from[n] = answer.bodyContains(END) ? answer.textAfter(END) : "";
        }

        @Override
        public boolean running() {
            return System.nanoTime() < until;
        }
    }
}
