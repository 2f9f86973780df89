package chat.hearth.homeserver.client.badinput;

import static chat.hearth.homeserver.TestClient.in;

import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;

/// Who and what is on the open server when the rows come.
///
/// Alice made all rooms. In `$room`, public and of version 12, Bob is joined without power, Carol
/// is banned, and Dave was never there; it has the alias `$taken`. `$private` is by invitation and
/// Alice's alone; who is in it may join `$restricted`. `$other` is of version 11, as is `$ranked`,
/// where Bob and Erin both have power 50. Frank only proves who he is. `$event` and `$hidden` are
/// messages in `$room` and `$private`, `$reacted` one that Bob gave a heart. The accounts of Luke,
/// Susan and Gone are locked, suspended and deactivated; Susan is in `$room`, where she said
/// `$susans`, and invited to `$offered`. `guest` is one. The observer has no part in anything.
final class Cast {
    private static final String[] USERS = {
        "alice", "bob", "carol", "dave", "erin", "frank", "luke", "susan", "gone", "observer"
    };

    private Cast() {}

    static void play(Scene scene, TestHearth server) {
        for (String user : USERS) {
            scene.join(server.register(user));
        }
        scene.join(server.guest("guest"));
        rooms(scene);
        deactivate(scene.user("gone"));
        server.accounts().accounts().lock(server.number(scene.named("$luke")), true);
        server.accounts().accounts().suspend(server.number(scene.named("$susan")), true);
    }

    private static void rooms(Scene scene) {
        TestClient alice = scene.user("alice");
        TestClient bob = scene.user("bob");
        String room =
                alice.createRoom("{\"preset\":\"public_chat\",\"room_alias_name\":\"taken\"}");
        String hidden = alice.createRoom("{}");
        String ranked =
                alice.createRoom(
                        """
                        {"preset": "public_chat", "room_version": "11",
                         "power_level_content_override":
                         {"users": {"%s": 100, "%s": 50, "%s": 50}}}
                        """
                                .formatted(
                                        alice.userId(), bob.userId(), scene.user("erin").userId()));
        String restricted =
                alice.createRoom(
                        """
                        {"initial_state": [{"type": "m.room.join_rules", "content":
                         {"join_rule": "restricted", "allow":
                         [{"type": "m.room_membership", "room_id": "%s"}]}}]}
                        """
                                .formatted(hidden));
        bob.join(room);
        scene.user("susan").join(room);
        bob.join(ranked);
        scene.user("erin").join(ranked);
        alice.post(in(room, "ban"), "{\"user_id\":\"" + scene.user("carol").userId() + "\"}");
        String reacted = alice.say(room, "reacted", "hi");
        String offered = alice.createRoom("{}");
        alice.invite(offered, scene.user("susan"));
        scene.name("$offered", offered);
        scene.name("$susans", scene.user("susan").say(room, "first", "mine"));
        scene.name("$room", room);
        scene.name("$private", hidden);
        scene.name("$ranked", ranked);
        scene.name("$restricted", restricted);
        scene.name("$other", alice.createRoom("{\"room_version\":\"11\"}"));
        scene.name("$event", alice.say(room, "first", "hi"));
        scene.name("$hidden", alice.say(hidden, "first", "hi"));
        scene.name("$reacted", reacted);
        scene.name("$taken", "#taken:" + TestHearth.NAME);
        scene.name("$nowhere", "!nowhere:" + TestHearth.NAME);
        bob.put(in(room, "send/m.reaction/first"), scene.spelledOut(Rows.HEART));
    }

    private static void deactivate(TestClient gone) {
        gone.post(
                        "account/deactivate",
                        """
                        {"auth": {"type": "m.login.password", "password": "secret",
                         "identifier": {"type": "m.id.user", "user": "gone"}}}
                        """)
                .string("id_server_unbind_result");
    }
}
