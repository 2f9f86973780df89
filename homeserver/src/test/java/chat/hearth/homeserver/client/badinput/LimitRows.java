package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What comes too often, and passwords that are tried.
final class LimitRows {
    private static final String CHANGES = "user/@first:hearth.test/account_data/x";
    private static final String WRONG_PROOF =
            "{\"devices\":[\"X\"],\"auth\":"
                    + AccountRows.password("first").replace("secret", "other")
                    + "}";

    private static final Duration LONG = Duration.ofDays(1);

    /// Requests of users without a limit of their own.
    private static final List<String> OTHERS =
            List.of(
                    "GET account/whoami",
                    "GET capabilities",
                    "GET devices",
                    "GET devices/X",
                    "PUT devices/X",
                    "GET joined_rooms",
                    "GET rooms/$own/state",
                    "GET rooms/$own/members",
                    "GET rooms/$own/joined_members",
                    "GET rooms/$own/event/$event",
                    "GET profile/@first:hearth.test",
                    "GET presence/@first:hearth.test/status",
                    "GET pushrules/",
                    "GET " + CHANGES,
                    "GET user/@first:hearth.test/filter/0",
                    "GET user/@first:hearth.test/rooms/$own/tags",
                    "POST logout",
                    "POST logout/all");

    private LimitRows() {}

    static List<Row> rows() {
        return Stream.of(byAddress(), inRooms(), changes(), others(), othersOfNobody())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> byAddress() {
        String login = "{\"type\":\"m.login.password\",\"user\":\"%s\",\"password\":\"other\"}";
        return List.of(
                limited("registrations")
                        .once(scene -> register(scene, "first"))
                        .post("register", account("second"))
                        .then(LimitRows::secondIsNobody),
                limited("registrations from somewhere else, as one says")
                        .once(scene -> register(scene, "first"))
                        .post("register", account("second"))
                        .with("X-Forwarded-For", "203.0.113.7")
                        .then(LimitRows::secondIsNobody),
                limited("log-ins")
                        .once(
                                scene ->
                                        scene.send(
                                                Door.LIMITED,
                                                null,
                                                "POST",
                                                "login",
                                                login.formatted("first")))
                        .post("login", login.formatted("other")));
    }

    private static List<Row> inRooms() {
        return List.of(
                limited("rooms").once(LimitRows::makeRoom).by("$member").post("createRoom", "{}"),
                limited("joins").once(LimitRows::makeRoom).by("$member").post("join/$own", "{}"),
                limited("invites")
                        .once(scene -> twice(scene, "POST", "rooms/$own/invite", nobody()))
                        .by("$member")
                        .post("rooms/$own/invite", nobody()),
                limited("messages")
                        .once(
                                scene ->
                                        twice(
                                                scene,
                                                "PUT",
                                                "rooms/$own/send/m.room.message/1",
                                                "{}"))
                        .by("$member")
                        .put("rooms/$own/send/m.room.message/2", "{}"),
                limited("state")
                        .once(
                                scene ->
                                        twice(
                                                scene,
                                                "PUT",
                                                "rooms/$own/send/m.room.message/1",
                                                "{}"))
                        .by("$member")
                        .put("rooms/$own/state/t/", "{}"));
    }

    private static List<Row> changes() {
        return List.of(
                limited("messages, and enough when it is time")
                        .once(
                                scene ->
                                        twice(
                                                scene,
                                                "PUT",
                                                "rooms/$own/send/m.room.message/3",
                                                "{}"))
                        .by("$member")
                        .put("rooms/$own/send/m.room.message/4", "{}")
                        .then(LimitRows::laterItMay),
                limited("wrong passwords to prove it")
                        .once(
                                scene -> {
                                    register(scene, "first");
                                    proveWrongly(scene);
                                })
                        .by("$member")
                        .post("delete_devices", WRONG_PROOF),
                limited("changes")
                        .once(
                                scene -> {
                                    register(scene, "first");
                                    scene.server(Door.LIMITED).pass(LONG);
                                    for (int i = 0; i < 20; i++) {
                                        scene.send(Door.LIMITED, "$member", "PUT", CHANGES, "{}");
                                    }
                                })
                        .by("$member")
                        .put(CHANGES, "{\"n\":1}")
                        .then(
                                (scene, _) -> {
                                    scene.server(Door.LIMITED).pass(LONG);
                                    assertEquals(
                                            "{}",
                                            scene.send(
                                                            Door.LIMITED,
                                                            "$member",
                                                            "GET",
                                                            CHANGES,
                                                            null)
                                                    .text());
                                }));
    }

    /// What has no limit of its own has the one for all else.
    private static List<Row> others() {
        var rows = new ArrayList<Row>();
        for (String request : OTHERS) {
            String[] parts = request.split(" ", 2);
            rows.add(
                    limited("of " + request)
                            .once(LimitRows::askOften)
                            .by("$member")
                            .sends(parts[0], parts[1], parts[0].equals("GET") ? null : "{}"));
        }
        for (String path : List.of("sync?set_presence=offline", "/_matrix/client/versions")) {
            rows.add(
                    Row.of("C44", "no limit for " + path)
                            .to(Door.LIMITED)
                            .once(LimitRows::askOften)
                            .by("$member")
                            .get(path)
                            .isFine());
        }
        return rows;
    }

    private static void askOften(Scene scene) {
        register(scene, "first");
        for (int i = 0; i < 20; i++) {
            scene.send(Door.LIMITED, "$member", "GET", "account/whoami", null);
        }
    }

    private static List<Row> othersOfNobody() {
        var rows = new ArrayList<Row>();
        for (String path : List.of("/", "profile/@first:hearth.test", "login")) {
            rows.add(
                    limited("of nobody's GET " + path)
                            .once(
                                    scene -> {
                                        for (int i = 0; i < 20; i++) {
                                            scene.send(Door.LIMITED, null, "GET", "login", null);
                                        }
                                    })
                            .get(path));
        }
        rows.add(
                Row.of("C44", "no limit for the well-known document")
                        .to(Door.LIMITED)
                        .get("/.well-known/matrix/client")
                        .isFine());
        return rows;
    }

    private static String nobody() {
        return "{\"user_id\":\"@nobody:hearth.test\"}";
    }

    private static Row limited(String what) {
        return Row.of("C44", "too many " + what).to(Door.LIMITED).is(429, "M_LIMIT_EXCEEDED");
    }

    private static String account(String name) {
        return "{\"auth\":{\"type\":\"m.login.dummy\"},\"password\":\"secret\",\"username\":\""
                + name
                + "\"}";
    }

    private static Reply register(Scene scene, String name) {
        Reply reply = scene.send(Door.LIMITED, null, "POST", "register", account(name));
        if (reply.status() == 200) {
            scene.name("$member", reply.string("access_token"));
        }
        return reply;
    }

    private static void secondIsNobody(Scene scene, Reply refused) {
        Reply available =
                scene.send(Door.LIMITED, null, "GET", "register/available?username=second", null);
        assertEquals(200, available.status(), available.text());
    }

    /// The one room that may be made.
    private static void makeRoom(Scene scene) {
        register(scene, "first");
        Reply made = scene.send(Door.LIMITED, "$member", "POST", "createRoom", "{}");
        if (made.status() == 200) {
            scene.name("$own", made.string("room_id"));
        }
    }

    private static void twice(Scene scene, String method, String path, String body) {
        makeRoom(scene);
        scene.send(Door.LIMITED, "$member", method, path, body);
    }

    private static void proveWrongly(Scene scene) {
        scene.send(Door.LIMITED, "$member", "POST", "delete_devices", WRONG_PROOF);
    }

    private static void laterItMay(Scene scene, Reply refused) {
        long millis = refused.json().integer("retry_after_ms").orElseThrow();
        String path = "rooms/$own/send/m.room.message/4";
        scene.server(Door.LIMITED).pass(Duration.ofMillis(millis - 1));
        Reply early = scene.send(Door.LIMITED, "$member", "PUT", path, "{}");
        assertEquals(429, early.status(), early.text());
        scene.server(Door.LIMITED).pass(Duration.ofMillis(1));
        Reply late = scene.send(Door.LIMITED, "$member", "PUT", path, "{}");
        assertEquals(200, late.status(), late.text());
    }
}
