package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.history.PageBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A room of very large events, read with every limit that a client may ask for.
final class LargeAnswersTest extends AliceAndBob {
    private static final int COUNT = 60;

    /// Together sixty times as large as a page.
    private static final int MANY = 1_000;

    /// Nearly the largest event that there is.
    private static final int LARGE = 63_000;

    /// What a client is told of an event besides its texts, at most.
    private static final int ANSWER_MAX = PageBudget.BYTES_MAX + 64 * 1024;

    private String room;
    private final List<String> sent = new ArrayList<>();

    @BeforeEach
    void fill() {
        room = alice.room("private_chat");
        fill(COUNT);
    }

    private void fill(int count) {
        for (int i = sent.size(); i < count; i++) {
            sent.add(alice.say(room, i + "x".repeat(LARGE)));
        }
    }

    @Test
    void pagesLeadThroughTheWholeRoomAndNoneIsTooLarge() {
        fill(MANY);
        pagesLeadThroughTheWholeRoom("b");
        pagesLeadThroughTheWholeRoom("f");
    }

    private void pagesLeadThroughTheWholeRoom(String direction) {
        List<String> found = new ArrayList<>();
        String from = "";
        int pages = 0;
        do {
            Answer page =
                    alice.get(in(room, "messages?limit=1000&dir=" + direction + "&from=" + from));
            assertTrue(length(page) <= ANSWER_MAX, () -> "bytes: " + length(page));
            messages(page.body()).forEach(found::add);
            from = page.body().string("end").orElse("");
            pages++;
        } while (!from.isEmpty());
        assertEquals(direction.equals("b") ? sent.reversed() : sent, found);
        assertTrue(pages >= MANY / (PageBudget.BYTES_MAX / LARGE), "pages: " + pages);
    }

    @Test
    void whatIsShownWithAnEventCountsAsAPartOfIt() {
        for (int i = 0; i < 40; i++) {
            alice.state(room, "big", "", content(i));
        }
        Answer page = alice.get(in(room, "messages?limit=40&dir=b"));
        assertTrue(length(page) <= ANSWER_MAX, () -> "bytes: " + length(page));
        assertTrue(page.body().string("end").isPresent());
    }

    @Test
    void theSurroundingsOfAnEventAreAPage() {
        String middle = sent.get(COUNT / 2);
        JsonObject context =
                alice.get(in(room, "context/" + encoded(middle) + "?limit=1000")).body();
        List<String> before = ids(context, "events_before");
        List<String> after = ids(context, "events_after");
        assertTrue(before.size() > 3 && after.size() > 3, "both sides have room");
        assertTrue((before.size() + after.size()) * LARGE <= PageBudget.BYTES_MAX);
        assertEquals(sent.subList(COUNT / 2 - before.size(), COUNT / 2).reversed(), before);
        assertEquals(sent.subList(COUNT / 2 + 1, COUNT / 2 + 1 + after.size()), after);
        String end = context.string("end").orElseThrow();
        assertEquals(
                sent.get(COUNT / 2 + 1 + after.size()),
                messages(alice.get(in(room, "messages?dir=f&limit=1&from=" + end)).body())
                        .getFirst());
    }

    @Test
    void stateThatCannotBePagedIsThereWhole() {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            set.add(alice.state(room, "big", "k" + i, content(i)));
        }
        Answer state = alice.get(in(room, "state"));
        assertTrue(length(state) > 40 * (LARGE - 1_000));
        assertTrue(ids((JsonArray) state.json()).containsAll(set));
        JsonObject context =
                alice.get(in(room, "context/" + encoded(set.getLast()) + "?limit=0")).body();
        assertEquals(ids((JsonArray) state.json()), ids(context, "state"));
    }

    @Test
    void membersWhoSayALotAboutThemselvesAreAllThere() {
        bob.post(in(room, "join"), "{}");
        alice.invite(room, bob);
        bob.join(room);
        for (var user : List.of(alice, bob)) {
            user.state(
                    room,
                    "m.room.member",
                    user.userId(),
                    "{\"membership\":\"join\",\"displayname\":\"" + "y".repeat(LARGE) + "\"}");
        }
        JsonObject joined = alice.get(in(room, "joined_members")).body();
        assertEquals(
                Set.of(alice.userId(), bob.userId()),
                joined.object("joined").orElseThrow().members().keySet());
        assertEquals(2, ids(alice.get(in(room, "members")).body(), "chunk").size());
        String lazy = encoded("{\"lazy_load_members\":true}");
        bob.say(room, "here");
        JsonObject page = bob.get(in(room, "messages?dir=b&limit=100&filter=" + lazy)).body();
        assertEquals(2, ids(page, "state").size());
    }

    private static String content(int i) {
        return "{\"n\":" + i + ",\"text\":\"" + "z".repeat(LARGE - 1_000) + "\"}";
    }

    private static int length(Answer answer) {
        return answer.json().toString().length();
    }

    private static List<String> messages(JsonObject page) {
        return page.array("chunk").orElseThrow().values().stream()
                .map(JsonObject.class::cast)
                .filter(event -> event.string("type").orElse("").equals("m.room.message"))
                .map(event -> event.string("event_id").orElseThrow())
                .toList();
    }

    private static List<String> ids(JsonObject answer, String list) {
        return ids(answer.array(list).orElseThrow());
    }

    private static List<String> ids(JsonArray events) {
        List<String> ids = new ArrayList<>();
        for (JsonValue event : events) {
            ids.add(((JsonObject) event).string("event_id").orElseThrow());
        }
        return ids;
    }
}
