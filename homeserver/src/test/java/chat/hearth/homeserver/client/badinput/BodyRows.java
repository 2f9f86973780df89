package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Bodies that are no JSON, no object, read differently by two readers, or too large for an event.
final class BodyRows {
    private static final String SEND = "rooms/$room/send/m.room.message/bad";
    private static final String NOT_JSON = "M_NOT_JSON";
    private static final String BAD_JSON = "M_BAD_JSON";
    private static final int DEEP = 90_000;
    private static final int DEEP_SHORT = 600;

    private BodyRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(ofNobody());
        rows.addAll(notJson());
        rows.addAll(notUtf8());
        rows.addAll(notObjects());
        rows.addAll(ambiguous());
        rows.addAll(tooLarge());
        return rows;
    }

    /// One operation of each kind that takes a body, as method and path.
    private static Stream<String> operations() {
        return Stream.of(
                "PUT " + SEND,
                "PUT rooms/$room/state/t/bad",
                "POST rooms/$room/invite",
                "POST rooms/$room/upgrade",
                "POST user/$alice/filter",
                "PUT user/$alice/account_data/bad",
                "PUT user/$alice/rooms/$room/account_data/bad",
                "PUT profile/$alice/org.example.bad",
                "PUT presence/$alice/status",
                "PUT rooms/$room/typing/$alice",
                "POST rooms/$room/read_markers",
                "PUT directory/room/%23bad:hearth.test",
                "PUT pushrules/global/room/bad",
                "PUT pushrules/global/override/.m.rule.master/enabled",
                "PUT pushrules/global/override/.m.rule.master/actions",
                "POST rooms/$room/kick",
                "POST rooms/$room/ban",
                "POST rooms/$room/unban",
                "POST account/password",
                "PUT devices/X",
                "POST login",
                "POST register",
                "POST refresh",
                "POST delete_devices");
    }

    /// Operations that clients also call without a body.
    private static Stream<String> mayBeEmpty() {
        return Stream.of(
                "POST createRoom",
                "POST join/$room",
                "POST rooms/$room/join",
                "POST rooms/$room/leave",
                "POST knock/$private",
                "POST publicRooms",
                "PUT rooms/$room/redact/$event/bad",
                "PUT directory/list/room/$room",
                "PUT user/$alice/rooms/$room/tags/u.bad",
                "POST rooms/$room/receipt/m.read/$event",
                "POST account/deactivate",
                "DELETE devices/X");
    }

    private static Row to(String operation, String number, String what) {
        String[] parts = operation.split(" ", 2);
        Row row = Row.of(number, what + " to " + operation).sends(parts[0], parts[1], null);
        return switch (parts[1]) {
            case "login", "register", "refresh" -> row;
            default -> row.by("alice");
        };
    }

    private static Row with(Row row, String body) {
        return row.sends(row.sent().method(), row.sent().path(), body);
    }

    /// Who has no token is told so before the body is looked at.
    private static List<Row> ofNobody() {
        return Stream.concat(operations(), mayBeEmpty())
                .map(operation -> to(operation, "C1", "nonsense of nobody"))
                .filter(row -> row.who() != null)
                .map(row -> with(row.by(null), "nonsense").is(401, "M_MISSING_TOKEN"))
                .toList();
    }

    private static List<Row> notJson() {
        List<Row> rows = new ArrayList<>();
        operations()
                .forEach(
                        operation ->
                                rows.add(
                                        with(to(operation, "C34", "nothing"), "")
                                                .is(400, NOT_JSON)));
        Stream.concat(operations(), mayBeEmpty())
                .forEach(
                        operation -> {
                            rows.add(
                                    with(to(operation, "C34", "half an object"), "{\"a\":")
                                            .is(400, NOT_JSON));
                        });
        List.of("{}{}", "{'a':1}", "{\"a\":01}", "{\"a\":1,}", "{\"a\" 1}", "nonsense", "\uFEFF{}")
                .forEach(
                        body ->
                                rows.add(
                                        with(to("PUT " + SEND, "C34", "the text " + body), body)
                                                .is(400, NOT_JSON)));
        return rows;
    }

    private static List<Row> notUtf8() {
        return List.of(
                bytes("a byte that is never in UTF-8", "\u00ff"),
                bytes("half a character", "\u00c3"),
                bytes("a character in an overlong form", "\u00c0\u00af"),
                bytes("a surrogate in UTF-8", "\u00ed\u00a0\u0080"));
    }

    private static Row bytes(String what, String latin1) {
        String body = "{\"type\":\"" + latin1 + "\"}";
        return Row.of("C34", what)
                .bytes(
                        "POST /_matrix/client/v3/login HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                + "Content-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                .is(400, NOT_JSON);
    }

    private static List<Row> notObjects() {
        List<Row> rows = new ArrayList<>();
        Stream.concat(operations(), mayBeEmpty())
                .forEach(
                        operation -> {
                            for (String body : List.of("[]", "\"x\"", "1", "null", "true")) {
                                rows.add(with(to(operation, "C35", body), body).is(400, BAD_JSON));
                            }
                        });
        return rows;
    }

    private static List<Row> ambiguous() {
        String deep = "{\"a\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}";
        String deepObjects = "{\"a\":".repeat(DEEP_SHORT) + "1" + "}".repeat(DEEP_SHORT);
        List<Row> rows = new ArrayList<>();
        Stream.concat(operations(), mayBeEmpty())
                .forEach(
                        operation -> {
                            rows.add(
                                    with(
                                                    to(operation, "C37", "a member twice"),
                                                    "{\"a\":1,\"a\":2}")
                                            .is(400, BAD_JSON));
                            rows.add(
                                    with(to(operation, "C37", "objects in objects"), deepObjects)
                                            .is(400, BAD_JSON));
                            rows.add(
                                    with(to(operation, "C37", "half a pair"), "{\"a\":\"\\ud800\"}")
                                            .is(400, BAD_JSON));
                        });
        rows.add(with(to("PUT " + SEND, "C37", "lists in lists"), deep).is(400, BAD_JSON));
        rows.add(
                with(to("PUT " + SEND, "C37", "lists without end"), "[".repeat(DEEP))
                        .is(400, BAD_JSON));
        rows.add(
                with(to("PUT " + SEND, "C37", "half a pair in a name"), "{\"\\udc00\":1}")
                        .is(400, BAD_JSON));
        return rows;
    }

    private static List<Row> tooLarge() {
        String large = "M_TOO_LARGE";
        String name = "ü".repeat(128);
        return List.of(
                event("a message of more than 65,536 bytes")
                        .put(SEND, "{\"body\":\"" + "x".repeat(65_536) + "\"}")
                        .is(413, large)
                        .then(
                                (scene, _) ->
                                        assertFalse(
                                                scene.send(
                                                                "alice",
                                                                "GET",
                                                                "rooms/$room/messages?dir=b",
                                                                null)
                                                        .text()
                                                        .contains("xxxx"))),
                event("a message of 65,536 bytes with what the server adds")
                        .put(SEND, "{\"body\":\"" + "x".repeat(65_400) + "\"}")
                        .is(413, large),
                event("state of more than 65,536 bytes")
                        .put("rooms/$room/state/t/", "{\"body\":\"" + "x".repeat(65_536) + "\"}")
                        .is(413, large),
                event("a type of 256 bytes, sent")
                        .put("rooms/$room/send/" + name + "/1", "{}")
                        .is(413, large),
                event("a type of 256 bytes, set")
                        .put("rooms/$room/state/" + name + "/", "{}")
                        .is(413, large),
                event("a state key of 256 bytes")
                        .put("rooms/$room/state/t/" + name, "{}")
                        .is(413, large),
                event("a state key of 254 bytes")
                        .put("rooms/$room/state/t/" + "ü".repeat(127), "{}")
                        .isFine());
    }

    private static Row event(String what) {
        return Row.of("C39", what).by("alice");
    }
}
