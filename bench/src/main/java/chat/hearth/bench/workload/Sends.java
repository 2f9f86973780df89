package chat.hearth.bench.workload;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.bench.host.Host;
import chat.hearth.bench.host.ProcessFacts;
import chat.hearth.bench.load.Crowd;
import chat.hearth.bench.load.SendTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// W1: 64 senders, every send durable before it is answered.
public final class Sends implements Workload {

    private static final int SENDERS = 64;
    private static final int MEMBERS = 10_000;
    private static final double RATE_MIN = 8_000;

    /// Within ten seconds of the first send to a server that was just started.
    private static final double EARLY_RATE_MIN = 7_000;

    private static final int SLICES = 6;
    private static final int SECOND_SLICE = 1;
    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final double P99_MAX_MS = 30;
    private static final double CROWD_FACTOR_MAX = 1.5;

    @Override
    public String name() {
        return "w1";
    }

    @Override
    public String title() {
        return "64 senders, durable: 64 rooms, one room, one room of 10,000 local members";
    }

    @Override
    public List<Result> run(Ground ground) throws IOException, InterruptedException {
        try (Host host = ground.host("w1")) {
            Crowd registered = Crowd.register(host.server().port(), "sender-", SENDERS);
            List<String> rooms = ownRooms(registered);
            host.restart();
            int port = host.server().port();
            var facts = new ProcessFacts(host.server().pid());
            var senders = new Crowd(port, registered.tokens());
            List<Result> results = new ArrayList<>();

            ground.say("w1: 64 rooms, from the first send on");
            addEarly(results, ground, port, templates(senders, rooms, "e"));
            ground.say("w1: 64 rooms");
            Sending.Rate many = Sending.run(ground, port, facts, templates(senders, rooms, "m"));
            add(results, "64 rooms", many);

            String room = commonRoom(senders);
            List<String> oneRoom = senders.tokens().stream().map(_ -> room).toList();
            ground.say("w1: one room");
            Sending.Rate one = Sending.run(ground, port, facts, templates(senders, oneRoom, "o"));
            add(results, "one room", one);

            ground.say("w1: 10,000 members join");
            Crowd.register(port, "member-", MEMBERS).join(room);
            Sending.Rate full = Sending.run(ground, port, facts, templates(senders, oneRoom, "f"));
            results.add(rate("one room of 10,000 members", full));
            results.add(
                    Result.atMost(
                            "W1",
                            "server time per send, 10,000 members to 64",
                            full.serverMicros() / one.serverMicros(),
                            CROWD_FACTOR_MAX,
                            "×"));
            return results;
        }
    }

    /// Short runs have short slices.
    private static void addEarly(
            List<Result> results, Ground ground, int port, List<SendTemplate> senders)
            throws IOException {
        Duration slice = ground.measured().compareTo(SLICE) < 0 ? ground.measured() : SLICE;
        List<Double> rates = Sending.fromTheStart(port, senders, SLICES, slice);
        results.add(
                Result.of(
                        "W1",
                        "sends, 64 rooms, from the first on, each " + slice.toSeconds() + " s",
                        rates.stream()
                                .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                                .collect(Collectors.joining(" · ", "", " /s"))));
        results.add(
                Result.atLeast(
                        "W1",
                        "sends, 64 rooms, second slice",
                        rates.get(SECOND_SLICE),
                        EARLY_RATE_MIN,
                        "/s"));
    }

    private static List<String> ownRooms(Crowd senders) throws IOException {
        List<String> rooms = new ArrayList<>();
        for (String token : senders.tokens()) {
            try (var connection = Connection.open(senders.port(), token)) {
                rooms.add(Account.createPublicRoom(connection, "own"));
            }
        }
        return rooms;
    }

    private static String commonRoom(Crowd senders) throws IOException {
        try (var connection = Connection.open(senders.port(), senders.tokens().getFirst())) {
            String room = Account.createPublicRoom(connection, "common");
            senders.join(room);
            return room;
        }
    }

    private static List<SendTemplate> templates(Crowd senders, List<String> rooms, String prefix) {
        List<SendTemplate> templates = new ArrayList<>();
        for (int n = 0; n < senders.size(); n++) {
            String token = senders.tokens().get(n);
            templates.add(new SendTemplate(token, rooms.get(n), prefix, Sending.BODY));
        }
        return templates;
    }

    private static void add(List<Result> results, String where, Sending.Rate rate) {
        results.add(rate(where, rate));
        results.add(Result.of("W1", "p50, " + where, "%.1f ms".formatted(rate.p50())));
        results.add(Result.atMost("W1", "p99, " + where, rate.p99(), P99_MAX_MS, "ms"));
        results.add(
                Result.of(
                        "W1",
                        "processor time per send, " + where,
                        "%.0f µs server, %.0f µs load generator"
                                .formatted(rate.serverMicros(), rate.driverMicros())));
    }

    private static Result rate(String where, Sending.Rate rate) {
        return Result.atLeast("W1", "sends, " + where, rate.perSecond(), RATE_MIN, "/s");
    }
}
