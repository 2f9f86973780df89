package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is wrong with the HTTP of a request: its length, its form, and its path.
final class TransportRows {
    private static final String POST = "POST /_matrix/client/v3/login HTTP/1.1\r\nHost: h\r\n";
    private static final String GET = "GET /_matrix/client/versions HTTP/1.1\r\n";
    private static final String UNKNOWN = "M_UNKNOWN";
    private static final String UNRECOGNIZED = "M_UNRECOGNIZED";

    /// More than any body may have.
    private static final int HUGE = 60_000_000;

    private TransportRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(bodies());
        rows.addAll(malformed());
        rows.addAll(forms());
        rows.addAll(paths());
        return rows;
    }

    private static List<Row> bodies() {
        String chunk = "c350\r\n" + "x".repeat(50_000) + "\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n\r\n";
        return List.of(
                Row.of("C40", "a body without a length, longer than it may be")
                        .bytes(POST + chunked + chunk.repeat(22) + "0\r\n\r\n")
                        .is(413, "M_TOO_LARGE")
                        .andCloses(),
                Row.of("C40", "a body that says it is longer than any may be")
                        .bytes(POST + "Content-Length: " + HUGE + "\r\n\r\n{")
                        .is(413, "M_TOO_LARGE")
                        .andCloses(),
                Row.of("C40", "a body that is longer than it may be")
                        .post("login", "{\"type\":\"" + "x".repeat(2_000_000) + "\"}")
                        .is(413, "M_TOO_LARGE"),
                Row.of("C40", "a body of nobody without a length")
                        .bytes(
                                POST.replace("login", "createRoom")
                                        + chunked
                                        + chunk.repeat(22)
                                        + "0\r\n\r\n")
                        .is(401, "M_MISSING_TOKEN")
                        .andCloses());
    }

    /// What follows a malformed request on its connection must never be taken for a request: a
    /// proxy in front may have understood the boundary differently.
    private static List<Row> malformed() {
        List<Row> rows = new ArrayList<>();
        bytes().forEach((what, bytes) -> rows.add(malformed(what, bytes)));
        // The two bytes that were declared are answered first.
        rows.add(
                malformed(
                        "a body longer than declared",
                        POST + "Content-Length: 2\r\n\r\n{}{\"x\":1}\r\n\r\n"));
        // There is nobody to answer to.
        rows.add(
                Row.of("C41", "a body shorter than declared")
                        .bytes(POST + "Content-Length: 10\r\n\r\n{}")
                        .then((_, reply) -> assertEquals(0, reply.status())));
        return rows;
    }

    private static Map<String, String> bytes() {
        return new TreeMap<>(
                Map.ofEntries(
                        Map.entry(
                                "length and chunked",
                                POST
                                        + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "2\r\n{}\r\n0\r\n\r\n"),
                        Map.entry(
                                "two lengths",
                                POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "),
                        Map.entry(
                                "a length twice",
                                POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                        Map.entry("a list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}"),
                        Map.entry("a negative length", POST + "Content-Length: -2\r\n\r\n{}"),
                        Map.entry("a signed length", POST + "Content-Length: +2\r\n\r\n{}"),
                        Map.entry("a hexadecimal length", POST + "Content-Length: 0x2\r\n\r\n{}"),
                        Map.entry(
                                "an unknown encoding", POST + "Transfer-Encoding: gzip\r\n\r\n{}"),
                        Map.entry(
                                "chunked not last",
                                POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                        Map.entry(
                                "chunked twice",
                                POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                        Map.entry(
                                "a bad chunk size",
                                POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
                        Map.entry(
                                "a negative chunk size",
                                POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
                        Map.entry("a folded header", GET + "Host: h\r\nX-A: 1\r\n 2\r\n\r\n"),
                        Map.entry(
                                "bare line feeds",
                                "GET /_matrix/client/versions HTTP/1.1\nHost: h\n\n"),
                        Map.entry("a bare line feed in a header", GET + "Host: h\nX-A: 1\r\n\r\n"),
                        Map.entry("NUL in a header", GET + "Host: h\r\nX-A: a\0b\r\n\r\n"),
                        Map.entry("a space before the colon", GET + "Host: h\r\nX-A : 1\r\n\r\n"),
                        Map.entry("no host", GET + "\r\n"),
                        Map.entry("two hosts", GET + "Host: a\r\nHost: b\r\n\r\n"),
                        Map.entry(
                                "no version", "GET /_matrix/client/versions\r\nHost: h\r\n\r\n")));
    }

    private static Row malformed(String what, String bytes) {
        return Row.of("C41", what)
                .bytes(bytes + GET + "Host: h\r\n\r\n")
                .is(400, UNKNOWN)
                .andCloses()
                .then((_, reply) -> assertFalse(reply.text().contains("versions"), reply.text()));
    }

    private static List<Row> forms() {
        List<Row> rows = new ArrayList<>();
        for (String header :
                List.of(
                        "Content-Encoding: gzip",
                        "Content-Encoding: br",
                        "Content-Encoding: identity, gzip",
                        "Content-Type: multipart/form-data; boundary=x",
                        "Content-Type: Multipart/Mixed")) {
            String[] parts = header.split(": ", 2);
            rows.add(
                    Row.of("C42", header)
                            .by("alice")
                            .put("rooms/$room/send/m.room.message/form", "{}")
                            .with(parts[0], parts[1])
                            .is(415, UNKNOWN));
            rows.add(
                    Row.of("C42", header + " of nobody")
                            .post("login", "{}")
                            .with(parts[0], parts[1])
                            .is(415, UNKNOWN));
        }
        for (String header :
                List.of(
                        "Content-Encoding: identity",
                        "Content-Type: text/plain",
                        "Content-Type: application/x-www-form-urlencoded")) {
            String[] parts = header.split(": ", 2);
            rows.add(
                    Row.of("C42", header + " is taken for JSON")
                            .by("alice")
                            .put("user/$alice/account_data/form", "{}")
                            .with(parts[0], parts[1])
                            .isFine());
        }
        return rows;
    }

    private static List<Row> paths() {
        String slashed = "directory/room/%23a%2Fb:hearth.test";
        return List.of(
                Row.of("C43", "unknown path")
                        .by("alice")
                        .get("rooms/$room/nothing")
                        .is(404, UNRECOGNIZED),
                Row.of("C43", "unknown path of nobody")
                        .get("/_matrix/client/v3/nothing")
                        .is(404, UNRECOGNIZED),
                Row.of("C43", "path of another version")
                        .by("alice")
                        .get("/_matrix/client/v99/sync")
                        .is(404, UNRECOGNIZED),
                Row.of("C43", "path with a slash too many")
                        .by("alice")
                        .get("/_matrix//client/v3/sync")
                        .is(404, UNRECOGNIZED),
                Row.of("C43", "path with dots")
                        .by("alice")
                        .get("/_matrix/client/v3/../v3/sync")
                        .is(404, UNRECOGNIZED),
                Row.of("C43", "no path of Matrix").get("/nothing").is(404, UNRECOGNIZED),
                Row.of("C43", "wrong method")
                        .by("alice")
                        .delete("rooms/$room/state")
                        .is(405, UNRECOGNIZED),
                Row.of("C43", "wrong method of nobody").get("createRoom").is(405, UNRECOGNIZED),
                Row.of("C43", "unknown method")
                        .by("alice")
                        .sends("BREW", "sync", "{}")
                        .is(405, UNRECOGNIZED),
                Row.of("C43", "a slash inside of an alias that is not there")
                        .get(slashed)
                        .is(404, "M_NOT_FOUND"),
                Row.of("C43", "a slash inside of an alias")
                        .once(
                                scene ->
                                        scene.send(
                                                "alice",
                                                "PUT",
                                                slashed,
                                                "{\"room_id\":\"$private\"}"))
                        .get(slashed)
                        .isFine()
                        .then(
                                (scene, reply) ->
                                        assertEquals(
                                                scene.named("$private"), reply.string("room_id"))),
                Row.of("C43", "a path with half an escape")
                        .by("alice")
                        .bytes(
                                GET.replace("versions", "v3/profile/%4")
                                        + "Host: h\r\nConnection: close\r\n\r\n")
                        .is(400, "M_INVALID_PARAM"));
    }
}
