package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.TestClient.filter;
import static chat.hearth.homeserver.TestClient.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Unread counts, each asked for twice: carried on event by event, and counted anew by a server
/// that was started again.
final class UnreadInSyncTest extends AliceAndBob {
    private static final String THREADS =
            filter("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

    private String room;

    @BeforeEach
    void makeTheRoom() {
        room = alice.room("public_chat");
        alice.say(room, "before the join");
        bob.join(room);
        bob.sync("");
    }

    private void assertCounts(int notifications, int highlights) {
        Synced carriedOn = bob.sync("");
        assertEquals(notifications, carriedOn.notifications(room), "carried on");
        assertEquals(highlights, carriedOn.highlights(room), "carried on");
        server.restart();
        Synced anew = bob.sync("");
        assertEquals(notifications, anew.notifications(room), "counted anew");
        assertEquals(highlights, anew.highlights(room), "counted anew");
    }

    private String mention() {
        return alice.send(
                room,
                "{\"msgtype\":\"m.text\",\"body\":\"you\",\"m.mentions\":{\"user_ids\":[\"%s\"]}}"
                        .formatted(bob.userId()));
    }

    private String inThread(String root, String text) {
        return alice.send(
                room,
                """
                {"msgtype": "m.text", "body": "%s",
                 "m.relates_to": {"rel_type": "m.thread", "event_id": "%s"}}
                """
                        .formatted(text, root));
    }

    @Test
    void messagesOfOthersCountSinceTheJoinAndMentionsHighlight() {
        alice.say(room, "one");
        mention();

        assertCounts(2, 1);
    }

    @Test
    void aReceiptReadsUpToItsEventWhicheverIsAhead() {
        String one = alice.say(room, "one");
        mention();
        alice.say(room, "three");
        bob.receipt(room, "m.read", null, one);
        assertCounts(2, 1);

        bob.receipt(room, "m.read.private", null, alice.say(room, "four"));
        assertCounts(0, 0);
    }

    @Test
    void sendingReadsWhatCameBefore() {
        alice.say(room, "one");
        bob.say(room, "answer");
        assertCounts(0, 0);

        alice.say(room, "two");
        assertCounts(1, 0);
    }

    @Test
    void threadsAreCountedAndReadForThemselves() {
        String root = alice.say(room, "root");
        String reply = inThread(root, "reply");
        Synced synced = bob.sync(THREADS);
        assertEquals(1, synced.notifications(room));
        assertEquals(1, threadCount(synced, root));

        bob.receipt(room, "m.read", root, reply);
        Synced read = bob.sync(THREADS);
        assertEquals(1, read.notifications(room));
        assertEquals(0, threadCount(read, root));
        assertCounts(1, 0);
    }

    private long threadCount(Synced synced, String root) {
        return synced.joined(room)
                .object("unread_thread_notifications")
                .orElseThrow()
                .object(root)
                .map(count -> count.integer("notification_count").orElseThrow())
                .orElse(0L);
    }

    @Test
    void ownPushRulesDecide() {
        alice.say(room, "one");
        bob.put("pushrules/global/room/" + TestHearth.encoded(room), "{\"actions\":[]}");
        alice.say(room, "two");

        assertCounts(0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "50, 0", "'', 0"})
    void whatARuleAsksOfTheSenderIsLookedUpByItsKey(String needed, int counted) {
        String levels = needed.isEmpty() ? "{}" : "{\"shout\":" + needed + "}";
        String room =
                alice.createRoom(
                        """
                        {"preset": "public_chat",
                         "power_level_content_override": {"notifications": %s}}
                        """
                                .formatted(levels));
        bob.join(room);
        TestClient carol = server.register("carol");
        carol.join(room);
        bob.put(
                "pushrules/global/override/shout",
                """
                {"actions": ["notify"], "conditions": [
                 {"kind": "event_match", "key": "type", "pattern": "org.example.shout"},
                 {"kind": "sender_notification_permission", "key": "shout"}]}
                """);

        carol.put(in(room, "send/org.example.shout/s"), "{}");

        assertEquals(counted, bob.sync("").notifications(room));
    }

    private static final String HIDING =
            filter("{\"room\":{\"timeline\":{\"types\":[\"m.room.name\"]}}}");

    private Synced hidingSince(Synced before) {
        return bob.sync(HIDING + "&since=" + before.next());
    }

    private String encrypted() {
        return alice.put(in(room, "send/m.room.encrypted/e"), "{}").string("event_id");
    }

    @Test
    void aCountIsToldThoughTheFilterHidesWhatIsCounted() {
        Synced before = bob.sync(HIDING);
        String first = encrypted();
        Synced one = hidingSince(before);
        assertEquals(1, one.notifications(room));
        assertEquals(List.of(), one.events(room, "timeline"));

        mention();
        Synced two = hidingSince(one);
        assertEquals(2, two.notifications(room));
        assertEquals(1, two.highlights(room));

        alice.put(in(room, "redact/" + TestHearth.encoded(first) + "/r"), "{}");
        Synced redacted = hidingSince(two);
        assertEquals(1, redacted.notifications(room), "one was redacted");

        bob.say(room, "read");
        assertEquals(0, hidingSince(redacted).notifications(room), "read by answering");
    }

    @Test
    void whatIsHiddenAndDoesNotCountIsNotTold() {
        Synced before = bob.sync(HIDING);
        for (String note : List.of("a", "b")) {
            alice.put(in(room, "send/org.example.note/" + note), "{}");
            assertFalse(hidingSince(before).has("join", room), note);
        }
        encrypted();
        Synced told = hidingSince(before);
        assertEquals(1, told.notifications(room));
        assertFalse(hidingSince(told).has("join", room));
    }
}
