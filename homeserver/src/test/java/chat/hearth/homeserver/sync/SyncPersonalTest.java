package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.sync.SyncAnswer.INVITE;
import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.texts;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.filter;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What of an answer is about the user: account data, receipts, unread counts, who is ignored, and
/// who is around.
final class SyncPersonalTest extends SyncOnBothDatabases {
    private static final String THREADS =
            filter("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");
    private static final String COUNTS = "unread_notifications";
    private static final String BY_THREAD = "unread_thread_notifications";

    private static String roomData(String room, String type) {
        return "rooms/" + TestHearth.encoded(room) + "/account_data/" + type;
    }

    @Test
    void accountDataReachesEachDeviceOnceAndAFirstSyncWhole() {
        SyncUser alice = user();
        SyncUser phone = otherDevice(alice);
        String room = alice.publicRoom();
        SyncAnswer desk = alice.sync("");
        SyncAnswer pocket = phone.sync("");
        alice.accountData("account_data/org.example.global", "{\"a\":1}");
        alice.accountData(roomData(room, "org.example.room"), "{\"b\":2}");

        for (SyncAnswer news : List.of(alice.since(desk), phone.since(pocket))) {
            JsonObject global = only(news.events("account_data"), "org.example.global");
            assertEquals(
                    Optional.of("{\"a\":1}"), global.object("content").map(JsonObject::toString));
            assertEquals(
                    List.of("org.example.room"), types(news.events(JOIN, room, "account_data")));
            assertEquals(List.of(), news.timeline(room));
            assertFalse(phone.since(news).has(JOIN, room));
        }
        SyncAnswer fresh = alice.sync("");
        assertTrue(types(fresh.events("account_data")).contains("m.push_rules"));
        assertTrue(types(fresh.events("account_data")).contains("org.example.global"));
        assertEquals(List.of("org.example.room"), types(fresh.events(JOIN, room, "account_data")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"account_data":{"types":["org.*"]}}                  | org.g | org.r
                    {"account_data":{"not_types":["org.g"]}}              |       | org.r
                    {"account_data":{"not_senders":["ME"]}}               |       | org.r
                    {"room":{"account_data":{"types":["m.*"]}}}           | org.g |
                    {"room":{"account_data":{"not_types":["org.*"]}}}     | org.g |
                    {"room":{"account_data":{"not_rooms":["ROOM"]}}}      | org.g |
                    {"room":{"rooms":[]}}                                 | org.g |
                    {"presence":{"types":[]}}                             | org.g | org.r
                    {"account_data":{"limit":0}}                          |       | org.r
                    {"room":{"account_data":{"limit":0}}}                 | org.g |
                    {"account_data":{"limit":1}}                          | org.g | org.r
                    """)
    void aFilterForAccountDataLetsThrough(String json, String global, String ofRoom) {
        SyncUser alice = user();
        String room = alice.publicRoom();
        SyncAnswer before = alice.sync("");
        alice.accountData("account_data/org.g", "{}");
        alice.accountData(roomData(room, "org.r"), "{}");

        SyncAnswer news =
                alice.since(before, filter(json.replace("ME", alice.id()).replace("ROOM", room)));

        assertEquals(
                Optional.ofNullable(global).stream().toList(), types(news.events("account_data")));
        assertEquals(
                Optional.ofNullable(ofRoom).stream().toList(),
                news.has(JOIN, room) ? types(news.events(JOIN, room, "account_data")) : List.of());
    }

    @Test
    void whoTypesIsShownWhenItBeginsAndWhenItEnds() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer before = bob.sync("");
        String path = TestClient.in(room, "typing/" + TestHearth.encoded(alice.id()));
        ok(alice.client().put(path, "{\"typing\":true,\"timeout\":30000}"));
        SyncAnswer begun = bob.since(before);
        ok(alice.client().put(path, "{\"typing\":false}"));
        SyncAnswer ended = bob.since(begun);

        assertEquals(List.of(alice.id()), begun.typing(room));
        assertEquals(List.of(), ended.typing(room));
        assertFalse(bob.since(ended).has(JOIN, room));
        assertFalse(
                bob.since(
                                before,
                                filter("{\"room\":{\"ephemeral\":{\"not_types\":[\"m.typing\"]}}}"))
                        .has(JOIN, room));
    }

    @Test
    void aReceiptIsShownByEventTypeAndUser() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        String event = alice.say(room, "read me");
        SyncAnswer before = alice.sync("");
        bob.receipt(room, "m.read", event, "{\"thread_id\":\"main\"}");

        JsonObject receipt = only(alice.since(before).events(JOIN, room, "ephemeral"), "m.receipt");

        JsonObject of =
                receipt.object("content")
                        .flatMap(content -> content.object(event))
                        .flatMap(types -> types.object("m.read"))
                        .flatMap(users -> users.object(bob.id()))
                        .orElseThrow();
        assertEquals(Optional.of("main"), of.string("thread_id"));
        assertTrue(of.integer("ts").isPresent());
    }

    private static String inThread(SyncUser user, String room, String root, String text) {
        return user.send(
                room,
                "m.room.message",
                text,
                """
                {"msgtype":"m.text","body":"%s",
                "m.relates_to":{"rel_type":"m.thread","event_id":"%s"}}
                """
                        .formatted(text, root));
    }

    @Test
    void threadsAreCountedForThemselvesOnlyWhenAskedFor() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        String root = alice.say(room, "root");
        inThread(alice, room, root, "t1");
        String last = inThread(alice, room, root, "t2");

        SyncAnswer together = bob.sync("");
        SyncAnswer apart = bob.sync(THREADS);
        bob.receipt(room, "m.read", last, "{\"thread_id\":\"" + root + "\"}");
        SyncAnswer read = bob.since(apart, THREADS);

        assertEquals(3, together.count(room, COUNTS));
        assertFalse(together.in(JOIN, room).has(BY_THREAD));
        assertEquals(1, apart.count(room, COUNTS));
        assertEquals(2, apart.count(room, BY_THREAD, root));
        assertEquals(1, read.count(room, COUNTS));
        assertTrue(read.count(room, BY_THREAD, root) <= 0);
    }

    private static void ignore(SyncUser user, String ignored) {
        user.accountData(
                "account_data/m.ignored_user_list", "{\"ignored_users\":{%s}}".formatted(ignored));
    }

    @Test
    void ofIgnoredUsersOnlyStateIsShownFromThenOn() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        alice.say(room, "before");
        SyncAnswer before = bob.sync("");
        ignore(bob, "\"" + alice.id() + "\":{}");
        alice.say(room, "ignored");
        alice.name(room, "still state");
        String secret = alice.privateRoom();
        alice.invite(secret, bob);

        SyncAnswer ignoring = bob.since(before);
        ignore(bob, "");
        SyncAnswer again = bob.since(ignoring);
        alice.say(room, "heard");
        SyncAnswer heard = bob.since(again);

        assertEquals(List.of("before"), texts(before.timeline(room)));
        assertEquals(List.of("m.room.name"), types(ignoring.timeline(room)));
        assertFalse(ignoring.has(INVITE, secret));
        assertFalse(again.has(JOIN, room), "what was missed is not sent later");
        assertEquals(List.of("heard"), texts(heard.timeline(room)));
        assertTrue(texts(bob.sync("").timeline(room)).contains("ignored"), "but in a new stream");
        assertTrue(bob.sync("").has(INVITE, secret));
    }

    @Test
    void whoWantsNoInvitesGetsAndSeesNone() {
        SyncUser alice = user();
        SyncUser bob = user();
        String before = alice.privateRoom();
        String after = alice.privateRoom();
        SyncAnswer quiet = bob.sync("");
        alice.invite(before, bob);
        bob.accountData(
                "account_data/m.invite_permission_config", "{\"default_action\":\"block\"}");
        String target = "{\"user_id\":\"" + bob.id() + "\"}";
        String state = "state/m.room.member/" + TestHearth.encoded(bob.id());

        assertEquals("403 M_INVITE_BLOCKED", alice.post(after, "invite", target).outcome());
        assertEquals(
                "403 M_INVITE_BLOCKED",
                alice.client()
                        .put(TestClient.in(after, state), "{\"membership\":\"invite\"}")
                        .outcome());
        assertEquals(
                "403 M_INVITE_BLOCKED",
                alice.client().post("createRoom", "{\"invite\":[\"" + bob.id() + "\"]}").outcome());
        assertFalse(bob.since(quiet).has(INVITE, before));
        assertFalse(bob.sync("").has(INVITE, before));
        bob.accountData("account_data/m.invite_permission_config", "{\"default_action\":\"x\"}");
        alice.invite(after, bob);
        assertTrue(bob.sync("").has(INVITE, before));
        assertTrue(bob.sync("").has(INVITE, after));
    }

    @Test
    void whoIgnoresThemselvesGoesOnSeeingWhatTheySay() {
        SyncUser alice = user();
        String room = alice.publicRoom();
        ignore(alice, "\"%s\":{}".formatted(alice.id()));
        SyncAnswer before = alice.sync("");
        alice.say(room, "mine");

        assertEquals(List.of("mine"), texts(alice.since(before).timeline(room)));
        String page = TestClient.in(room, "messages?dir=b&limit=10");
        assertTrue(alice.client().get(page).json().toString().contains("mine"));
    }

    @Test
    void ignoredUsersDoNotCountAsUnread() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        ignore(bob, "\"" + alice.id() + "\":{}");
        alice.say(room, "ignored");
        SyncAnswer ignoring = bob.sync("");
        ignore(bob, "");

        assertEquals(0, ignoring.count(room, COUNTS));
        assertEquals(1, bob.sync("").count(room, COUNTS), "nor is it read");
    }

    @Test
    void bothDevicesOfAUserGetEverythingEachInItsOwnTime() {
        SyncUser alice = user();
        SyncUser phone = otherDevice(alice);
        String room = alice.publicRoom();
        SyncAnswer desk = alice.sync("");
        SyncAnswer pocket = phone.sync("");
        alice.say(room, "one");
        SyncAnswer deskOne = alice.since(desk);
        phone.say(room, "two");

        assertEquals(List.of("one"), texts(deskOne.timeline(room)));
        assertEquals(List.of("two"), texts(alice.since(deskOne).timeline(room)));
        assertEquals(List.of("one", "two"), texts(phone.since(pocket).timeline(room)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"online", "unavailable"})
    void whoSyncsIsSeenAsTheParameterSays(String state) {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        ok(
                alice.client()
                        .put(
                                "profile/" + TestHearth.encoded(alice.id()) + "/displayname",
                                "{\"displayname\":\"Alice L.\"}"));
        SyncAnswer before = bob.sync("");
        ok(alice.client().get("sync?set_presence=" + state));
        server().personal().presence().tick();

        SyncAnswer after = bob.since(before);

        JsonObject event = only(after.events("presence"), "m.presence");
        JsonObject content = event.object("content").orElseThrow();
        assertEquals(alice.id(), event.string("sender").orElseThrow());
        assertEquals(Optional.of(state), content.string("presence"));
        assertEquals(Optional.of("Alice L."), content.string("displayname"));
        String none = filter("{\"presence\":{\"not_types\":[\"*\"]}}");
        assertEquals(List.of(), bob.since(before, none).events("presence"));
        String others = filter("{\"presence\":{\"not_senders\":[\"" + alice.id() + "\"]}}");
        assertEquals(List.of(), bob.since(before, others).events("presence"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void ofThePresenceOfManyAsManyAsAreAskedForAreShownTheLatest(int limit) {
        SyncUser bob = user();
        String room = bob.publicRoom();
        SyncAnswer before = bob.sync("");
        List<SyncUser> others = List.of(user(), user());
        for (SyncUser other : others) {
            other.join(room);
            ok(other.client().get("sync"));
            server().personal().presence().tick();
        }

        SyncAnswer after =
                bob.since(before, filter("{\"presence\":{\"limit\":%d}}".formatted(limit)));

        assertEquals(
                others.reversed().stream().limit(limit).map(SyncUser::id).toList(),
                after.events("presence").stream()
                        .map(event -> event.string("sender").orElseThrow())
                        .toList());
    }

    @Test
    void whoSyncsOfflineIsNotSeen() {
        SyncUser alice = user();
        SyncUser bob = user();
        String room = alice.publicRoom();
        bob.join(room);
        SyncAnswer before = bob.sync("");
        alice.sync("");
        server().personal().presence().tick();

        assertEquals(List.of(), bob.since(before).events("presence"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s999999999999_1_1_other", "s999999999999_0_0_x"})
    void aTokenOfTheFutureStartsAnew(String token) {
        SyncUser alice = user();
        String room = alice.publicRoom();

        SyncAnswer answer = alice.sync("since=" + token);

        assertTrue(answer.has(JOIN, room));
        assertTrue(types(answer.events("account_data")).contains("m.push_rules"));
    }
}
