package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.hearth.homeserver.TestClient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// The same transaction again: it is answered as before and happens once.
final class TransactionRows {
    private static final int THREADS = 24;
    private static final String TEXT = "{\"msgtype\":\"m.text\",\"body\":\"once\"}";

    private TransactionRows() {}

    static List<Row> rows() {
        return Stream.of(again(), others(), atOnceAndRefused(), longIds())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> again() {
        return List.of(
                again("message again", "rooms/$room/send/m.room.message/again", false),
                Row.of("C45", "message without a transaction id")
                        .by("alice")
                        .put("rooms/$room/send/m.room.message/", TEXT)
                        .is(404, "M_UNRECOGNIZED"),
                Row.of("C45", "redaction without a transaction id")
                        .by("alice")
                        .put("rooms/$room/redact/$nothing/", "{}")
                        .is(404, "M_UNRECOGNIZED"),
                again("message again after a restart", "rooms/$room/send/t/restart", true),
                Row.of("C45", "message again with another text")
                        .once(scene -> first(scene, "rooms/$room/send/m.room.message/other"))
                        .by("alice")
                        .put("rooms/$room/send/m.room.message/other", "{\"body\":\"new\"}")
                        .isFine()
                        .then(TransactionRows::same),
                Row.of("C45", "redaction again")
                        .once(
                                scene -> {
                                    String path = "rooms/$room/send/m.room.message/redacted";
                                    scene.name(
                                            "$said",
                                            scene.send("alice", "PUT", path, TEXT)
                                                    .string("event_id"));
                                    first(scene, "rooms/$room/redact/$said/again");
                                })
                        .by("alice")
                        .put("rooms/$room/redact/$said/again", "{}")
                        .isFine()
                        .then(TransactionRows::same));
    }

    private static List<Row> others() {
        return List.of(
                Row.of("C45", "message of another device")
                        .once(
                                scene -> {
                                    first(scene, "rooms/$room/send/m.room.message/device");
                                    scene.name(
                                            "$second",
                                            scene.server(Door.OPEN).login("alice").token());
                                })
                        .by("$second")
                        .put("rooms/$room/send/m.room.message/device", TEXT)
                        .isFine()
                        .then(TransactionRows::another),
                Row.of("C45", "message in another room")
                        .once(scene -> first(scene, "rooms/$room/send/m.room.message/room"))
                        .by("alice")
                        .put("rooms/$other/send/m.room.message/room", TEXT)
                        .isFine()
                        .then(TransactionRows::another),
                Row.of("C45", "message of another type")
                        .once(scene -> first(scene, "rooms/$room/send/m.room.message/type"))
                        .by("alice")
                        .put("rooms/$room/send/t/type", TEXT)
                        .isFine()
                        .then(TransactionRows::another),
                Row.of("C45", "message of another user")
                        .once(scene -> first(scene, "rooms/$room/send/m.room.message/user"))
                        .by("bob")
                        .put("rooms/$room/send/m.room.message/user", TEXT)
                        .isFine()
                        .then(TransactionRows::another));
    }

    private static List<Row> atOnceAndRefused() {
        return List.of(
                Row.of("C45", "message from many threads at once")
                        .by("alice")
                        .put("rooms/$room/send/m.room.message/parallel0", TEXT)
                        .isFine()
                        .then((scene, _) -> inParallel(scene)),
                // A transaction that was refused was none: the same id may be used again.
                Row.of("C45", "message again after it was refused")
                        .once(
                                scene ->
                                        assertEquals(
                                                400,
                                                scene.send(
                                                                "alice",
                                                                "PUT",
                                                                "rooms/$room/send/t/refused",
                                                                "{\"n\":1.5}")
                                                        .status()))
                        .by("alice")
                        .put("rooms/$room/send/t/refused", TEXT)
                        .isFine());
    }

    private static List<Row> longIds() {
        String send = "rooms/$room/send/m.room.message/";
        return List.of(
                Row.of("C45", "transaction with a long id")
                        .by("alice")
                        .put(send + "x".repeat(256), TEXT)
                        .is(400, "M_INVALID_PARAM"),
                Row.of("C45", "transaction with an id of few letters and many bytes")
                        .by("alice")
                        .put(send + "%C3%BC".repeat(128), TEXT)
                        .is(400, "M_INVALID_PARAM"),
                Row.of("C45", "redaction with a long id")
                        .once(
                                scene ->
                                        scene.name(
                                                "$said",
                                                scene.send("alice", "PUT", send + "said", TEXT)
                                                        .string("event_id")))
                        .by("alice")
                        .put("rooms/$room/redact/$said/" + "x".repeat(256), "{}")
                        .is(400, "M_INVALID_PARAM"),
                again("message again with an id as long as may be", send + "x".repeat(255), true));
    }

    private static Row again(String what, String path, boolean restart) {
        return Row.of("C45", what)
                .once(
                        scene -> {
                            first(scene, path);
                            if (restart) {
                                scene.server(Door.OPEN).restart();
                            }
                        })
                .by("alice")
                .put(path, TEXT)
                .isFine()
                .then(TransactionRows::same)
                .then(
                        (scene, _) ->
                                assertEquals(
                                        Long.parseLong(scene.named("$position")),
                                        scene.position()));
    }

    private static void first(Scene scene, String path) {
        Reply reply = scene.send("alice", "PUT", path, TEXT);
        scene.name("$once", reply.string("event_id"));
        scene.name("$position", "" + scene.position());
    }

    private static void same(Scene scene, Reply reply) {
        assertEquals(scene.named("$once"), reply.string("event_id"));
        assertEquals(scene.named("$position"), "" + scene.position());
    }

    private static void another(Scene scene, Reply reply) {
        assertNotEquals(scene.named("$once"), reply.string("event_id"));
    }

    private static void inParallel(Scene scene) throws Exception {
        TestClient alice = scene.user("alice");
        for (int round = 1; round <= 5; round++) {
            long before = scene.position();
            String path = scene.spelledOut("rooms/$room/send/m.room.message/parallel") + round;
            Callable<String> send = () -> alice.put(path, TEXT).string("event_id");
            List<Future<String>> answers = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < THREADS; i++) {
                    answers.add(threads.submit(send));
                }
            }
            Set<String> events = new HashSet<>();
            for (Future<String> answer : answers) {
                events.add(answer.get());
            }
            assertEquals(1, events.size());
            assertEquals(before + 1, scene.position());
        }
    }
}
