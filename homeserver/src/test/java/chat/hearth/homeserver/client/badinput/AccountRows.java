package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.account.SessionLifetimes;
import java.util.ArrayList;
import java.util.List;

/// Access tokens, log-ins, accounts that are not open, and proofs of who somebody is.
final class AccountRows {
    private static final String WHOAMI = "account/whoami";

    private AccountRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(tokens());
        rows.addAll(expiry());
        rows.addAll(logins());
        rows.addAll(loginTokens());
        rows.addAll(closedAccounts());
        return rows;
    }

    private static List<Row> tokens() {
        return List.of(
                Row.of("C1", "no token").get(WHOAMI).is(401, "M_MISSING_TOKEN"),
                Row.of("C1", "empty token")
                        .get(WHOAMI)
                        .with("Authorization", "Bearer ")
                        .is(401, "M_MISSING_TOKEN"),
                Row.of("C1", "other scheme")
                        .get(WHOAMI)
                        .with("Authorization", "Basic YWxpY2U6")
                        .is(401, "M_MISSING_TOKEN"),
                Row.of("C1", "empty token in the query")
                        .get(WHOAMI + "?access_token=")
                        .is(401, "M_MISSING_TOKEN"),
                Row.of("C1", "sending without a token")
                        .put("rooms/$room/send/m.room.message/none", "{}")
                        .is(401, "M_MISSING_TOKEN"),
                bearer("garbage token", "x"),
                bearer("invented token", "hsa_" + "A".repeat(49)),
                bearer("token with an umlaut", "hsa_%C3%BC"),
                Row.of("C2", "token of a device that logged out")
                        .once(
                                scene -> {
                                    login(scene, "bob", "$ended");
                                    scene.send("$ended", "POST", "logout", "{}");
                                })
                        .by("$ended")
                        .get(WHOAMI)
                        .is(401, "M_UNKNOWN_TOKEN"),
                Row.of("C2", "token of a device that was deleted")
                        .once(
                                scene -> {
                                    login(scene, "bob", "$ended");
                                    String device =
                                            scene.send("$ended", "GET", WHOAMI, null)
                                                    .string("device_id");
                                    Reply deleted =
                                            scene.send(
                                                    "bob",
                                                    "DELETE",
                                                    "devices/" + device,
                                                    "{\"auth\":" + password("bob") + "}");
                                    assertEquals(200, deleted.status());
                                })
                        .by("$ended")
                        .get(WHOAMI)
                        .is(401, "M_UNKNOWN_TOKEN"),
                Row.of("C2", "token of a deactivated user")
                        .by("gone")
                        .get(WHOAMI)
                        .is(401, "M_UNKNOWN_TOKEN"));
    }

    private static Row bearer(String what, String token) {
        return Row.of("C2", what)
                .get(WHOAMI)
                .with("Authorization", "Bearer " + token)
                .is(401, "M_UNKNOWN_TOKEN");
    }

    private static void login(Scene scene, String user, String name) {
        scene.name(name, scene.server(Door.OPEN).login(user).token());
    }

    private static List<Row> expiry() {
        return List.of(
                Row.of("C3", "expired token")
                        .once(
                                scene -> {
                                    refreshable(scene);
                                    scene.server(Door.OPEN).pass(SessionLifetimes.DEFAULT.access());
                                })
                        .by("$access")
                        .get(WHOAMI)
                        .is(401, "M_UNKNOWN_TOKEN")
                        .softly()
                        .then((scene, _) -> assertEquals(200, refresh(scene).status())),
                // The first answer might have been lost: until what it gave is used, the refresh
                // token may come again.
                Row.of("C3", "refresh token used twice")
                        .once(
                                scene -> {
                                    refreshable(scene);
                                    Reply next = refresh(scene);
                                    scene.name("$next", next.string("access_token"));
                                    scene.name("$nextRefresh", next.string("refresh_token"));
                                    scene.send("$next", "GET", WHOAMI, null);
                                })
                        .post("refresh", "{\"refresh_token\":\"$refresh\"}")
                        .is(401, "M_UNKNOWN_TOKEN")
                        .then(AccountRows::sessionIsOver),
                Row.of("C3", "unknown refresh token")
                        .post("refresh", "{\"refresh_token\":\"x\"}")
                        .is(401, "M_UNKNOWN_TOKEN"),
                Row.of("C3", "access token as refresh token")
                        .once(AccountRows::refreshable)
                        .post("refresh", "{\"refresh_token\":\"$access\"}")
                        .is(401, "M_UNKNOWN_TOKEN"),
                Row.of("C3", "no refresh token").post("refresh", "{}").is(400, "M_MISSING_PARAM"));
    }

    private static void sessionIsOver(Scene scene, Reply reply) {
        assertEquals(401, scene.send("$next", "GET", WHOAMI, null).status());
        String body = "{\"refresh_token\":\"$nextRefresh\"}";
        assertEquals(401, scene.send(null, "POST", "refresh", body).status());
    }

    private static void refreshable(Scene scene) {
        Reply login =
                scene.send(
                        null,
                        "POST",
                        "login",
                        """
                        {"type": "m.login.password", "password": "secret", "refresh_token": true,
                         "identifier": {"type": "m.id.user", "user": "dave"}}
                        """);
        scene.name("$access", login.string("access_token"));
        scene.name("$refresh", login.string("refresh_token"));
    }

    private static Reply refresh(Scene scene) {
        return scene.send(null, "POST", "refresh", "{\"refresh_token\":\"$refresh\"}");
    }

    private static List<Row> logins() {
        return List.of(
                login("C4", "wrong password", "\"user\":\"alice\",\"password\":\"other\"")
                        .is(403, "M_FORBIDDEN")
                        .then(
                                (scene, wrong) -> {
                                    String unknown = "\"user\":\"nobody\",\"password\":\"other\"";
                                    assertEquals(
                                            wrong.text(),
                                            scene.send(login("C4", "", unknown)).text());
                                }),
                login("C4", "unknown user", "\"user\":\"nobody\",\"password\":\"other\"")
                        .is(403, "M_FORBIDDEN"),
                login("C4", "unknown user takes as long", "\"user\":\"no\",\"password\":\"p\"")
                        .to(Door.SLOW)
                        .once(scene -> scene.server(Door.SLOW).register("alice"))
                        .is(403, "M_FORBIDDEN")
                        .then(AccountRows::takesAsLong),
                login("C4", "user of another server", user("@alice:elsewhere.test"))
                        .is(403, "M_FORBIDDEN"),
                login("C4", "user id of another form", user("@:")).is(403, "M_FORBIDDEN"),
                login(
                                "C4",
                                "mail address",
                                "\"password\":\"p\",\"identifier\":{\"type\":\"m.id.thirdparty\","
                                        + "\"medium\":\"email\",\"address\":\"a@b.c\"}")
                        .is(403, "M_FORBIDDEN"),
                login(
                                "C4",
                                "mail address in an identifier that does not say what it is",
                                "\"password\":\"p\",\"identifier\":{\"medium\":\"email\","
                                        + "\"address\":\"a@b.c\"}")
                        .is(403, "M_FORBIDDEN"),
                login("C8", "nothing in an identifier", "\"password\":\"p\",\"identifier\":{}")
                        .is(400, "M_MISSING_PARAM"),
                login("C8", "no user", "\"password\":\"p\"").is(400, "M_MISSING_PARAM"),
                login("C8", "no password", "\"user\":\"alice\"").is(400, "M_MISSING_PARAM"),
                login("C8", "device without id", user("alice") + ",\"device_id\":\"\"")
                        .is(400, "M_INVALID_PARAM"),
                login(
                                "C8",
                                "unknown identifier",
                                "\"password\":\"p\",\"identifier\":{\"type\":\"m.id.face\"}")
                        .is(400, "M_UNKNOWN"),
                Row.of("C8", "no type").post("login", "{}").is(400, "M_MISSING_PARAM"),
                Row.of("C8", "unknown type")
                        .post("login", "{\"type\":\"m.login.magic\"}")
                        .is(400, "M_UNKNOWN"),
                Row.of("C8", "application service, where none are")
                        .post("login", "{\"type\":\"m.login.application_service\"}")
                        .is(400, "M_APPSERVICE_LOGIN_UNSUPPORTED"));
    }

    private static List<Row> loginTokens() {
        String body = "{\"type\":\"m.login.token\",\"token\":\"$token\"}";
        return List.of(
                Row.of("C8", "unknown login token")
                        .once(scene -> scene.name("$token", "x"))
                        .post("login", body)
                        .is(403, "M_FORBIDDEN"),
                Row.of("C8", "login token used twice")
                        .once(
                                scene -> {
                                    loginToken(scene, "$alice");
                                    assertEquals(
                                            200, scene.send(null, "POST", "login", body).status());
                                })
                        .post("login", body)
                        .is(403, "M_FORBIDDEN"),
                Row.of("C8", "login token that came late")
                        .once(
                                scene -> {
                                    loginToken(scene, "$alice");
                                    scene.server(Door.OPEN).pass(SessionLifetimes.DEFAULT.login());
                                })
                        .post("login", body)
                        .is(403, "M_FORBIDDEN"));
    }

    private static void loginToken(Scene scene, String user) {
        TestHearth server = scene.server(Door.OPEN);
        int number = server.number(scene.named(user));
        scene.name(
                "$token",
                server.accounts()
                        .logins()
                        .loginToken(server.accounts().accounts().require(number))
                        .token());
    }

    private static Row login(String number, String what, String members) {
        return Row.of(number, what)
                .post("login", "{\"type\":\"m.login.password\"," + members + "}");
    }

    /// Without a hash for nobody's password, an unknown user would be refused a hundred times as
    /// fast; noise can only make it slower, so it is tried until there is little of it.
    private static void takesAsLong(Scene scene, Reply reply) {
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 3 || i < 30 && unknown <= known / 5; i++) {
            known = Math.min(known, nanosFor(scene, "alice"));
            unknown = Math.min(unknown, nanosFor(scene, "no"));
        }
        assertTrue(unknown > known / 5, known + " and " + unknown);
    }

    private static long nanosFor(Scene scene, String user) {
        long start = System.nanoTime();
        String body = "{\"type\":\"m.login.password\"," + user(user).replace("secret", "p") + "}";
        scene.send(Door.SLOW, null, "POST", "login", body);
        return System.nanoTime() - start;
    }

    private static String user(String name) {
        return "\"user\":\"" + name + "\",\"password\":\"secret\"";
    }

    private static List<Row> closedAccounts() {
        return List.of(
                locked("asks who they are").get(WHOAMI),
                locked("syncs").get("sync"),
                locked("sends").put("rooms/$room/send/m.room.message/luke", "{}"),
                locked("changes their profile")
                        .put("profile/$luke/displayname", "{\"displayname\":\"x\"}"),
                locked("makes a room").post("createRoom", "{}"),
                locked("tells of their token").get("/_matrix/client/versions"),
                login("C5", "a locked user logs in", user("luke"))
                        .is(401, "M_USER_LOCKED")
                        .softly(),
                mayLogOut("one device", "logout"),
                mayLogOut("all devices", "logout/all"),
                login("C7", "a deactivated user logs in", user("gone"))
                        .is(403, "M_USER_DEACTIVATED"),
                Row.of("C7", "a deactivated user comes with a login token")
                        .once(scene -> loginToken(scene, "$gone"))
                        .post("login", "{\"type\":\"m.login.token\",\"token\":\"$token\"}")
                        .is(403, "M_USER_DEACTIVATED"));
    }

    private static Row mayLogOut(String what, String path) {
        return Row.of("C5", "a locked user may log out " + what)
                .once(
                        scene -> {
                            setLock(scene, false);
                            login(scene, "luke", "$lukes");
                            setLock(scene, true);
                        })
                .by("$lukes")
                .post(path, "{}")
                .isFine()
                .then(
                        (scene, _) ->
                                assertEquals(
                                        "M_UNKNOWN_TOKEN",
                                        scene.send("$lukes", "GET", WHOAMI, null)
                                                .string("errcode")));
    }

    private static Row locked(String what) {
        return Row.of("C5", "a locked user " + what).by("luke").is(401, "M_USER_LOCKED").softly();
    }

    private static void setLock(Scene scene, boolean locked) {
        TestHearth server = scene.server(Door.OPEN);
        server.accounts().accounts().lock(server.number(scene.named("$luke")), locked);
    }

    /// A proof that needs no session.
    static String password(String user) {
        return """
        {"type":"m.login.password","password":"secret",
         "identifier":{"type":"m.id.user","user":"%s"}}
        """
                .formatted(user);
    }
}
