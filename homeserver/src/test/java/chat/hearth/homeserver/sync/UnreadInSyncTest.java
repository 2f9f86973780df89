package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.TestClient.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestHearth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
