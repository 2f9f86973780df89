package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

/// Proofs of who somebody is, used for something else than they were asked for.
final class ProofRows {
    private static final String BODY = "{\"devices\":[\"X\"],\"auth\":%s}";
    private static final String RIGHT = BODY.formatted(inSession("frank"));

    private ProofRows() {}

    static List<Row> rows() {
        return Stream.concat(elsewhere().stream(), here().stream()).toList();
    }

    private static List<Row> elsewhere() {
        return List.of(
                asked("on another address").by("frank").post("account/deactivate", RIGHT),
                asked("for a device by its address")
                        .by("frank")
                        .sends("DELETE", "devices/X", RIGHT),
                asked("by another user").by("bob").post("delete_devices", RIGHT),
                asked("by another user with their password")
                        .by("bob")
                        .post("delete_devices", BODY.formatted(inSession("bob"))),
                asked("for another device")
                        .by("frank")
                        .post("delete_devices", RIGHT.replace("\"X\"", "\"Y\"")),
                asked("to register").post("register", RIGHT),
                asked("with a wrong password")
                        .by("frank")
                        .post("delete_devices", RIGHT.replace("secret", "other")));
    }

    private static List<Row> here() {
        return List.of(
                Row.of("C9", "a proof for one device on the address of another")
                        .once(
                                scene -> {
                                    Reply asked =
                                            scene.send("frank", "DELETE", "devices/ONE", null);
                                    scene.name("$session", asked.string("session"));
                                })
                        .by("frank")
                        .sends("DELETE", "devices/OTHER", "{\"auth\":" + inSession("frank") + "}")
                        .is(401, "M_FORBIDDEN")
                        .then((_, reply) -> flowsAreListed(reply)),
                Row.of("C9", "a proof a second time")
                        .once(
                                scene -> {
                                    ask(scene);
                                    assertEquals(200, prove(scene).status());
                                })
                        .by("frank")
                        .post("delete_devices", RIGHT)
                        .is(401, "M_FORBIDDEN")
                        .then((_, reply) -> flowsAreListed(reply)),
                Row.of("C9", "a proof by a mail address that is not known")
                        .once(ProofRows::ask)
                        .by("frank")
                        .post(
                                "delete_devices",
                                RIGHT.replace(
                                        "\"m.id.user\",\"user\":\"frank\"",
                                        "\"m.id.thirdparty\",\"medium\":\"email\","
                                                + "\"address\":\"frank@hearth.test\""))
                        .is(403, "M_FORBIDDEN")
                        .then((scene, _) -> assertEquals(200, prove(scene).status())),
                Row.of("C9", "a proof by another user for a device by its address")
                        .once(
                                scene -> {
                                    Reply asked =
                                            scene.send("frank", "DELETE", "devices/ONE", null);
                                    scene.name("$session", asked.string("session"));
                                })
                        .by("frank")
                        .sends("DELETE", "devices/ONE", "{\"auth\":" + inSession("bob") + "}")
                        .is(403, "M_FORBIDDEN"),
                byOther("a proof by a user who is not known", RIGHT.replace("\"frank\"", "\"no\"")),
                byOther("a proof by another user", BODY.formatted(inSession("bob"))),
                Row.of("C8", "no proof but null, and nothing to delete")
                        .by("frank")
                        .post("delete_devices", "{\"auth\":null}")
                        .is(400, "M_MISSING_PARAM"),
                Row.of("C9", "a stage that was not offered")
                        .once(ProofRows::ask)
                        .by("frank")
                        .post(
                                "delete_devices",
                                BODY.formatted(
                                        "{\"type\":\"m.login.dummy\",\"session\":\"$session\"}"))
                        .is(401, "M_UNRECOGNIZED")
                        .then((_, reply) -> flowsAreListed(reply)));
    }

    /// Refused for good: only the user who makes the request can prove it.
    private static Row byOther(String name, String body) {
        return Row.of("C9", name)
                .once(ProofRows::ask)
                .by("frank")
                .post("delete_devices", body)
                .is(403, "M_FORBIDDEN")
                .then((scene, _) -> assertEquals(200, prove(scene).status()));
    }

    /// Refused, and the proof is still good for what it was asked for.
    private static Row asked(String where) {
        return Row.of("C9", "a proof that was asked for elsewhere, " + where)
                .once(ProofRows::ask)
                .is(401, "M_FORBIDDEN")
                .then((_, reply) -> flowsAreListed(reply))
                .then((scene, _) -> assertEquals(200, prove(scene).status()));
    }

    /// Begins to delete the device X of Frank.
    private static void ask(Scene scene) {
        Reply asked = scene.send("frank", "POST", "delete_devices", "{\"devices\":[\"X\"]}");
        assertEquals(401, asked.status(), asked.text());
        scene.name("$session", asked.string("session"));
    }

    private static Reply prove(Scene scene) {
        return scene.send("frank", "POST", "delete_devices", RIGHT);
    }

    private static void flowsAreListed(Reply reply) {
        assertTrue(reply.json().array("flows").isPresent(), reply.text());
        assertTrue(reply.json().object("params").isPresent(), reply.text());
        assertTrue(reply.json().string("session").isPresent(), reply.text());
    }

    /// A proof within the session that was begun last.
    private static String inSession(String user) {
        return AccountRows.password(user)
                .replace("{\"type\":\"m.login", "{\"session\":\"$session\",\"type\":\"m.login");
    }
}
