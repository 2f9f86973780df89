package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/// Registration, and devices.
final class RegistrationRows {
    private static final String AVAILABLE = "register/available?username=";

    private RegistrationRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(closed());
        rows.addAll(names());
        rows.addAll(forms());
        return rows;
    }

    private static List<Row> closed() {
        String body = "{\"username\":\"zoe\",\"password\":\"p\"}";
        return List.of(
                Row.of("C13", "registering when closed")
                        .to(Door.CLOSED)
                        .post("register", body)
                        .is(403, "M_FORBIDDEN"),
                Row.of("C13", "registering when closed, with proof")
                        .to(Door.CLOSED)
                        .post("register", account("\"username\":\"zoe\",\"password\":\"p\""))
                        .is(403, "M_FORBIDDEN")
                        .then(
                                (scene, _) ->
                                        assertEquals(
                                                403,
                                                scene.send(
                                                                Door.CLOSED,
                                                                null,
                                                                "POST",
                                                                "login",
                                                                loginOf("zoe", "p"))
                                                        .status())),
                Row.of("C13", "asking for a name when closed")
                        .to(Door.CLOSED)
                        .get(AVAILABLE + "zoe")
                        .is(403, "M_FORBIDDEN"),
                Row.of("C13", "asking about a token when closed")
                        .to(Door.CLOSED)
                        .get(
                                "/_matrix/client/v1/register/m.login.registration_token/validity"
                                        + "?token=x")
                        .is(403, "M_FORBIDDEN"),
                Row.of("C13", "a guest when closed")
                        .to(Door.CLOSED)
                        .post("register?kind=guest", "{}")
                        .is(403, "M_FORBIDDEN"),
                Row.of("C13", "a guest, who are never let in")
                        .post("register?kind=guest", "{}")
                        .is(403, "M_FORBIDDEN"),
                Row.of("C13", "neither guest nor user")
                        .post("register?kind=pet", "{}")
                        .is(400, "M_INVALID_PARAM"));
    }

    private static String account(String members) {
        return "{\"auth\":{\"type\":\"m.login.dummy\"}," + members + "}";
    }

    private static String loginOf(String user, String password) {
        return """
        {"type": "m.login.password", "password": "%s",
         "identifier": {"type": "m.id.user", "user": "%s"}}
        """
                .formatted(password, user);
    }

    private static List<Row> names() {
        String invalid = "M_INVALID_USERNAME";
        String taken = "M_USER_IN_USE";
        return List.of(
                name("with a space", "al ice", invalid),
                name("with a colon", "al:ice", invalid),
                name("with an umlaut", "älice", invalid),
                name("with NUL", "al\\u0000ice", invalid),
                name("with a line feed", "alice\\n", invalid),
                name("that is empty", "", invalid),
                name(
                        "of 256 bytes as a user id",
                        "a".repeat(256 - "@:hearth.test".length()),
                        invalid),
                name("that is taken", "alice", taken),
                name("that is taken, in capitals", "ALICE", taken),
                name("of a closed account", "gone", taken),
                name("of a guest", "guest", taken),
                Row.of("C15", "a taken name is not available")
                        .get(AVAILABLE + "alice")
                        .is(400, taken),
                Row.of("C15", "a bad name is not available")
                        .get(AVAILABLE + "%20")
                        .is(400, invalid),
                Row.of("C15", "no name is available")
                        .get("register/available")
                        .is(400, "M_MISSING_PARAM"));
    }

    private static Row name(String what, String username, String code) {
        return Row.of("C15", "name " + what)
                .post(
                        "register",
                        account("\"password\":\"other\",\"username\":\"" + username + "\""))
                .is(400, code)
                .then(
                        (scene, _) ->
                                assertEquals(
                                        403,
                                        scene.send(
                                                        null,
                                                        "POST",
                                                        "login",
                                                        loginOf(username, "other"))
                                                .status()));
    }

    private static List<Row> forms() {
        return List.of(
                Row.of("C15", "no password")
                        .post("register", account("\"username\":\"zoe\""))
                        .is(400, "M_MISSING_PARAM"),
                Row.of("C15", "empty password")
                        .post("register", account("\"username\":\"zoe\",\"password\":\"\""))
                        .is(400, "M_WEAK_PASSWORD"),
                Row.of("C15", "name is a number")
                        .post("register", account("\"username\":1,\"password\":\"p\""))
                        .is(400, "M_BAD_JSON"),
                Row.of("C15", "page of an unknown session")
                        .get("auth/m.login.dummy/fallback/web?session=x")
                        .is(404, "M_NOT_FOUND"));
    }
}
