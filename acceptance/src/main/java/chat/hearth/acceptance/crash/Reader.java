package chat.hearth.acceptance.crash;

import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// One client that follows its rooms by `/sync`, over every crash with the token that it had, and
/// writes down what it was shown, room by room and in order. A gap is filled as clients fill it,
/// from `prev_batch`.
final class Reader {

    private static final String ALL_ROOMS =
            escape("{\"room\":{\"timeline\":{\"limit\":100}},\"presence\":{\"types\":[]}}");
    private static final String NO_ROOM =
            escape("{\"room\":{\"rooms\":[]},\"presence\":{\"types\":[]}}");

    private final Account account;
    private final String filter;
    private final Followed followed;
    private final Map<String, List<String>> shown = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();
    private String since = "";
    private long syncs;

    private Reader(Account account, String filter, String shared) {
        this.account = account;
        this.filter = filter;
        this.followed = new Followed(account.userId(), shared);
    }

    /// Follows every room, and the receipts in `shared`.
    static Reader ofRooms(Account account, String shared) {
        return new Reader(account, ALL_ROOMS, shared);
    }

    /// Follows the account data of `account`, as a second device of it would.
    static Reader ofAccountData(Account account) {
        return new Reader(account, NO_ROOM, "");
    }

    /// What it was shown that is no event of a timeline.
    Followed followed() {
        return followed;
    }

    long syncs() {
        return syncs;
    }

    /// Takes the first token, and everything that is there as known.
    ///
    /// @param events the event ids of each room
    void begin(Map<String, List<String>> events) throws IOException {
        events.forEach((room, ids) -> known.put(room, new HashSet<>(ids)));
        try (var connection = account.connect()) {
            JsonObject first = Account.sync(connection, "filter=" + filter);
            followed.note(first);
            since = first.string("next_batch").orElseThrow();
        }
    }

    /// Follows until `stopped` or until the connection breaks.
    void run(BooleanSupplier stopped) {
        try (var connection = account.connect()) {
            while (!stopped.getAsBoolean()) {
                step(connection, 1000);
            }
        } catch (IOException | IllegalStateException serverGone) {
            // A broken poll and one that the failing server refused both leave `since` where it
            // was.
        }
    }

    /// Follows until there is nothing new.
    void drain() throws IOException {
        try (var connection = account.connect()) {
            while (step(connection, 0)) {
                syncs++;
            }
        }
    }

    /// One sync. The token moves on only when all that came with it is written down.
    ///
    /// @return whether anything was new
    private boolean step(Connection connection, int timeoutMs) throws IOException {
        String query = "timeout=" + timeoutMs + "&since=" + escape(since) + "&filter=" + filter;
        JsonObject answer = Account.sync(connection, query);
        Map<String, List<String>> fresh = new LinkedHashMap<>();
        JsonObject joined =
                answer.object("rooms").flatMap(r -> r.object("join")).orElse(JsonObject.EMPTY);
        for (String room : joined.names()) {
            JsonObject timeline =
                    joined.object(room).flatMap(r -> r.object("timeline")).orElse(JsonObject.EMPTY);
            fresh.put(room, read(connection, room, timeline));
        }
        fresh.forEach(this::note);
        boolean changed = followed.note(answer);
        since = answer.string("next_batch").orElseThrow();
        syncs++;
        return changed || fresh.values().stream().anyMatch(events -> !events.isEmpty());
    }

    private List<String> read(Connection connection, String room, JsonObject timeline)
            throws IOException {
        List<String> events = new ArrayList<>();
        if (timeline.bool("limited").orElse(false)) {
            String gap = timeline.string("prev_batch").orElseThrow();
            Set<String> before = known.getOrDefault(room, Set.of());
            for (var seen : Timeline.back(connection, room, gap, before::contains)) {
                events.add(seen.eventId());
            }
        }
        for (var seen : Timeline.read(timeline.array("events").orElse(JsonArray.EMPTY))) {
            events.add(seen.eventId());
        }
        return events;
    }

    private void note(String room, List<String> events) {
        shown.computeIfAbsent(room, _ -> new ArrayList<>()).addAll(events);
        known.computeIfAbsent(room, _ -> new HashSet<>()).addAll(events);
    }

    /// What was shown of `room` since the last call, in order.
    List<String> take(String room) {
        List<String> taken = shown.remove(room);
        return taken == null ? List.of() : taken;
    }
}
