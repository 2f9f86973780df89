package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncServer.ALICE;
import static chat.hearth.homeserver.sync.SyncServer.BOB;
import static chat.hearth.homeserver.sync.SyncServer.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.sync.SyncServer.Synced;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.event.Sent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unread counts, each asked for twice: carried on event by event, and counted anew by a server
/// that was started again.
final class UnreadInSyncTest {
    private static final String THREADS =
            filter("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");

    @TempDir Path folder;
    private SyncServer server;
    private RoomId room;

    @BeforeEach
    void start() {
        server = SyncServer.start(folder);
        room = server.room(ALICE, Preset.PUBLIC_CHAT);
        server.say(room, ALICE, "before the join");
        server.join(BOB, room);
        server.sync(BOB, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertCounts(int notifications, int highlights) {
        Synced carriedOn = server.sync(BOB, "");
        assertEquals(notifications, carriedOn.notifications(room), "carried on");
        assertEquals(highlights, carriedOn.highlights(room), "carried on");
        server.restart();
        Synced anew = server.sync(BOB, "");
        assertEquals(notifications, anew.notifications(room), "counted anew");
        assertEquals(highlights, anew.highlights(room), "counted anew");
    }

    private Sent mention() {
        var content =
                JsonReader.readObject(
                        "{\"msgtype\":\"m.text\",\"body\":\"you\",\"m.mentions\":{\"user_ids\":[\"%s\"]}}"
                                .formatted(BOB));
        return server.send(room, ALICE, JsonObject.builder().putAll(content));
    }

    private Sent inThread(Sent root, String text) {
        return server.send(
                room,
                ALICE,
                JsonObject.builder()
                        .put("msgtype", "m.text")
                        .put("body", text)
                        .put(
                                "m.relates_to",
                                JsonObject.builder()
                                        .put("rel_type", "m.thread")
                                        .put("event_id", root.eventId().value())
                                        .build()));
    }

    @Test
    void messagesOfOthersCountSinceTheJoinAndMentionsHighlight() {
        server.say(room, ALICE, "one");
        mention();

        assertCounts(2, 1);
    }

    @Test
    void aReceiptReadsUpToItsEventWhicheverIsAhead() {
        Sent one = server.say(room, ALICE, "one");
        mention();
        server.say(room, ALICE, "three");
        server.receipt(room, BOB, "m.read", "", one);
        assertCounts(2, 1);

        server.receipt(room, BOB, "m.read.private", "", server.say(room, ALICE, "four"));
        assertCounts(0, 0);
    }

    @Test
    void sendingReadsWhatCameBefore() {
        server.say(room, ALICE, "one");
        server.say(room, BOB, "answer");
        assertCounts(0, 0);

        server.say(room, ALICE, "two");
        assertCounts(1, 0);
    }

    @Test
    void threadsAreCountedAndReadForThemselves() {
        Sent root = server.say(room, ALICE, "root");
        Sent reply = inThread(root, "reply");
        Synced synced = server.sync(BOB, THREADS);
        assertEquals(1, synced.notifications(room));
        assertEquals(1, threadCount(synced, root));

        server.receipt(room, BOB, "m.read", root.eventId().value(), reply);
        Synced read = server.sync(BOB, THREADS);
        assertEquals(1, read.notifications(room));
        assertEquals(0, threadCount(read, root));
        assertCounts(1, 0);
    }

    private long threadCount(Synced synced, Sent root) {
        return synced.joined(room)
                .object("unread_thread_notifications")
                .orElseThrow()
                .object(root.eventId().value())
                .map(count -> count.integer("notification_count").orElseThrow())
                .orElse(0L);
    }

    @Test
    void ownPushRulesDecide() {
        server.say(room, ALICE, "one");
        JsonObject muted =
                UserPushRules.NONE
                        .put(
                                RuleKind.ROOM,
                                room.value(),
                                JsonObject.builder().put("actions", JsonArray.EMPTY).build(),
                                null,
                                null)
                        .toJson();
        server.accountData(BOB, null, "m.push_rules", muted.toString());
        server.say(room, ALICE, "two");

        assertCounts(0, 0);
    }
}
