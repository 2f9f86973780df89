package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What a filter lets through of random events is what it lets through when each event is looked
/// into, redacted ones included.
final class FilterPropertyTest extends AliceAndBob {
    private static final long SEED = 20_261_201;
    private static final int EVENTS = 60;
    private static final int FILTERS = 40;

    private static final List<String> CONTENTS =
            List.of(
                    "{\"body\":\"x\"}",
                    "{\"url\":\"mxc://hs/x\"}",
                    "{\"url\":\"\"}",
                    "{\"url\":1}",
                    "{\"url\":null}",
                    "{\"url\":{\"url\":\"x\"}}",
                    "{\"file\":{\"url\":\"mxc://hs/x\"}}");

    private final Random random = new Random(SEED);

    @Test
    void aFilterOnColumnsIsTheFilterOnContents() {
        String room = alice.room("public_chat");
        bob.join(room);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            TestClient sender = random.nextBoolean() ? alice : bob;
            sent.add(
                    random.nextInt(4) == 0
                            ? alice.state(room, "test.state", "k" + random.nextInt(3), content(i))
                            : sender.send(room, content(i)));
            if (random.nextInt(5) == 0) {
                String redacted = sent.get(random.nextInt(sent.size()));
                alice.put(in(room, "redact/" + encoded(redacted) + "/r" + i), "{}");
            }
        }
        List<JsonObject> all = page(room, "{}");
        for (int i = 0; i < FILTERS; i++) {
            String filter = filter();
            RoomEventFilter naive = RoomEventFilter.parse(JsonReader.readObject(filter));
            List<String> expected = ids(all, event -> matches(naive, event));
            assertEquals(
                    expected, ids(page(room, filter), _ -> true), "seed " + SEED + ": " + filter);
            assertEquals(expected, synced(room, filter), "seed " + SEED + ", in /sync: " + filter);
        }
    }

    private String content(int i) {
        String content = CONTENTS.get(random.nextInt(CONTENTS.size()));
        return content.replaceFirst("\\{", "{\"n\":" + i + ",");
    }

    private String filter() {
        List<String> members = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            members.add("\"contains_url\":" + random.nextBoolean());
        }
        if (random.nextInt(3) == 0) {
            members.add("\"senders\":[\"@alice:" + TestHearth.NAME + "\"]");
        }
        if (random.nextInt(3) == 0) {
            members.add("\"not_types\":[\"test.*\"]");
        }
        if (random.nextInt(3) == 0) {
            members.add("\"types\":[\"m.room.m*\",\"test.state\"]");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static boolean matches(RoomEventFilter filter, JsonObject event) {
        boolean url = event.object("content").orElseThrow().string("url").isPresent();
        return filter.matches(
                event.string("type").orElseThrow(), event.string("sender").orElseThrow(), url);
    }

    private List<JsonObject> page(String room, String filter) {
        return events(
                alice.get(in(room, "messages?dir=f&limit=1000&filter=" + encoded(filter)))
                        .body()
                        .array("chunk")
                        .orElseThrow());
    }

    private List<String> synced(String room, String filter) {
        String limited = filter.equals("{}") ? "{" : filter.replaceFirst("}$", ",");
        String whole = "{\"room\":{\"timeline\":" + limited + "\"limit\":1000}}}";
        JsonObject joined =
                alice.get("sync?filter=" + encoded(whole))
                        .body()
                        .object("rooms")
                        .flatMap(rooms -> rooms.object("join"))
                        .flatMap(join -> join.object(room))
                        .orElseThrow();
        return ids(
                events(joined.object("timeline").orElseThrow().array("events").orElseThrow()),
                _ -> true);
    }

    private static List<JsonObject> events(JsonArray array) {
        return array.values().stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> ids(List<JsonObject> events, Predicate<JsonObject> wanted) {
        return events.stream()
                .filter(wanted)
                .map(event -> event.string("event_id").orElseThrow())
                .toList();
    }
}
