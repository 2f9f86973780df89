package chat.hearth.homeserver.sync;

import static chat.hearth.homeserver.TestHearth.encoded;
import static chat.hearth.homeserver.sync.SyncAnswer.JOIN;
import static chat.hearth.homeserver.sync.SyncAnswer.only;
import static chat.hearth.homeserver.sync.SyncAnswer.types;
import static chat.hearth.homeserver.sync.SyncUser.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// What goes along when a user follows a room to the one that replaced it.
final class SettingsTransferTest extends SyncOnBothDatabases {
    private static final String MUTED = "{\"actions\":[]}";

    private static String upgrade(SyncUser user, String room) {
        Answer upgraded = user.post(room, "upgrade", "{\"new_version\":\"12\"}");
        ok(upgraded);
        return upgraded.string("replacement_room");
    }

    private static String tags(SyncUser user, String room) {
        return user.client()
                .get("user/" + encoded(user.id()) + "/rooms/" + encoded(room) + "/tags")
                .body()
                .toString();
    }

    private static void tag(SyncUser user, String room, String tag) {
        String path = "user/" + encoded(user.id()) + "/rooms/" + encoded(room) + "/tags/" + tag;
        ok(user.client().put(path, "{\"order\":0.5}"));
    }

    private static Answer rule(SyncUser user, String kind, String id) {
        return user.client().get("pushrules/global/" + kind + "/" + encoded(id));
    }

    private static void putRule(SyncUser user, String kind, String id, String body) {
        ok(user.client().put("pushrules/global/" + kind + "/" + encoded(id), body));
    }

    @Test
    void whoFollowsAndWhoUpgradesKeepTagsPushRulesAndDirectChats() {
        SyncUser alice = user();
        SyncUser bob = user();
        String old = alice.publicRoom();
        bob.join(old);
        for (SyncUser user : List.of(alice, bob)) {
            tag(user, old, "m.favourite");
            putRule(user, "room", old, MUTED);
            putRule(
                    user,
                    "override",
                    old,
                    """
                    {"actions":[],"conditions":
                    [{"kind":"event_match","key":"room_id","pattern":"%s"}]}
                    """
                            .formatted(old));
            user.accountData("account_data/m.direct", "{\"@x:y\":[\"" + old + "\"]}");
        }
        String made = upgrade(alice, old);
        SyncAnswer before = bob.sync("");
        bob.join(made);

        for (SyncUser user : List.of(alice, bob)) {
            assertEquals("{\"tags\":{\"m.favourite\":{\"order\":0.5}}}", tags(user, made));
            assertEquals("200", rule(user, "room", made).outcome());
            JsonObject muting = rule(user, "override", made).body();
            assertTrue(muting.toString().contains(made), muting::toString);
            assertEquals("200", rule(user, "room", old).outcome(), "the old room's stay");
            assertEquals(
                    "{\"@x:y\":[\"%s\",\"%s\"]}".formatted(old, made),
                    user.client()
                            .get("user/" + encoded(user.id()) + "/account_data/m.direct")
                            .body()
                            .toString());
        }
        SyncAnswer news = bob.since(before);
        assertEquals(List.of("m.tag"), types(news.events(JOIN, made, "account_data")));
        only(news.events("account_data"), "m.push_rules");
        only(news.events("account_data"), "m.direct");
    }

    /// One write is there whole or not at all, whenever the server dies.
    @Test
    void noCrashLeavesTheSettingsBehind() {
        SyncUser alice = user();
        SyncUser bob = user();
        SyncUser carol = user();
        String old = alice.publicRoom();
        for (SyncUser user : List.of(alice, bob, carol)) {
            user.join(old);
            tag(user, old, "m.favourite");
            putRule(user, "room", old, MUTED);
            user.accountData("account_data/m.direct", "{\"@x:y\":[\"" + old + "\"]}");
        }
        var made = new AtomicReference<String>();
        assertEquals(1, writes(() -> made.set(upgrade(alice, old))));
        assertEquals(1, writes(() -> bob.join(made.get())));
        String plain = "{\"membership\":\"join\"}";
        assertEquals(1, writes(() -> carol.state(made.get(), "m.room.member", carol.id(), plain)));
        for (SyncUser user : List.of(alice, bob, carol)) {
            assertEquals("200", rule(user, "room", made.get()).outcome());
        }
    }

    private long writes(Runnable deed) {
        LongAdder count = server().database().metrics().writes();
        long before = count.sum();
        deed.run();
        return count.sum() - before;
    }

    @Test
    void whoEntersWithAPlainEventIsNoWorseOff() {
        SyncUser alice = user();
        SyncUser bob = user();
        String old = alice.publicRoom();
        bob.join(old);
        tag(bob, old, "m.favourite");
        String made = upgrade(alice, old);
        bob.state(made, "m.room.member", bob.id(), "{\"membership\":\"join\"}");

        assertEquals("{\"tags\":{\"m.favourite\":{\"order\":0.5}}}", tags(bob, made));
    }

    @Test
    void whatWasSetForTheNewRoomStays() {
        SyncUser alice = user();
        SyncUser bob = user();
        String old = alice.publicRoom();
        bob.join(old);
        tag(bob, old, "m.favourite");
        putRule(bob, "room", old, MUTED);
        String made = upgrade(alice, old);
        alice.invite(made, bob);
        tag(bob, made, "m.lowpriority");
        putRule(bob, "room", made, "{\"actions\":[\"notify\"]}");
        bob.join(made);

        assertEquals("{\"tags\":{\"m.lowpriority\":{\"order\":0.5}}}", tags(bob, made));
        assertEquals(
                Optional.of("[\"notify\"]"),
                rule(bob, "room", made).body().array("actions").map(Object::toString));
    }

    @Test
    void aRoomThatOnlyClaimsToReplaceAnotherGetsNothing() {
        SyncUser alice = user();
        SyncUser mallory = user();
        String old = alice.publicRoom();
        mallory.join(old);
        tag(alice, old, "m.favourite");
        putRule(alice, "room", old, MUTED);
        String fake =
                mallory.client()
                        .createRoom(
                                """
                                {"preset":"public_chat",
                                "creation_content":{"predecessor":{"room_id":"%s"}}}
                                """
                                        .formatted(old));
        alice.join(fake);

        assertEquals("{\"tags\":{}}", tags(alice, fake));
        assertEquals("404 M_NOT_FOUND", rule(alice, "room", fake).outcome());
    }
}
