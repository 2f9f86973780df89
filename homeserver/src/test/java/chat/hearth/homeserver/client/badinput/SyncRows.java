package chat.hearth.homeserver.client.badinput;

import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/// Parameters of `/sync`, filters and pages; what cannot be done twice; browsers that ask first.
final class SyncRows {
    private static final String INVALID = "M_INVALID_PARAM";
    private static final String BAD_JSON = "M_BAD_JSON";
    private static final String FILTER = "user/$alice/filter";

    /// Filters with one member each that breaks the schema of `POST /user/{userId}/filter`.
    private static final List<String> FILTERS =
            List.of(
                    "{\"presence\":\"x\"}",
                    "{\"account_data\":[]}",
                    "{\"event_fields\":\"x\"}",
                    "{\"event_fields\":[1]}",
                    "{\"event_format\":\"x\"}",
                    "{\"event_format\":1}",
                    "{\"room\":1}",
                    "{\"room\":{\"timeline\":\"x\"}}",
                    "{\"room\":{\"state\":\"x\"}}",
                    "{\"room\":{\"ephemeral\":\"x\"}}",
                    "{\"room\":{\"account_data\":\"x\"}}",
                    "{\"room\":{\"rooms\":\"x\"}}",
                    "{\"room\":{\"rooms\":[\"x\"]}}",
                    "{\"room\":{\"not_rooms\":[1]}}",
                    "{\"room\":{\"include_leave\":\"x\"}}",
                    "{\"room\":{\"timeline\":{\"types\":1}}}",
                    "{\"room\":{\"timeline\":{\"types\":[1]}}}",
                    "{\"room\":{\"timeline\":{\"not_types\":\"x\"}}}",
                    "{\"room\":{\"timeline\":{\"senders\":\"@a:b\"}}}",
                    "{\"room\":{\"timeline\":{\"senders\":[\"x\"]}}}",
                    "{\"room\":{\"timeline\":{\"not_senders\":[{}]}}}",
                    "{\"room\":{\"timeline\":{\"rooms\":[\"x\"]}}}",
                    "{\"room\":{\"timeline\":{\"limit\":-1}}}",
                    "{\"room\":{\"timeline\":{\"limit\":\"1\"}}}",
                    "{\"room\":{\"timeline\":{\"contains_url\":\"x\"}}}",
                    "{\"room\":{\"timeline\":{\"unread_thread_notifications\":1}}}",
                    "{\"room\":{\"state\":{\"lazy_load_members\":1}}}",
                    "{\"room\":{\"state\":{\"include_redundant_members\":\"true\"}}}",
                    "{\"presence\":{\"senders\":[\"x\"]}}");

    private SyncRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(sync());
        rows.addAll(filters());
        rows.addAll(pages());
        rows.addAll(twice());
        rows.addAll(pushRules());
        rows.addAll(browsers());
        return rows;
    }

    private static Row alice(String what) {
        return Row.of("C60", what).by("alice");
    }

    private static List<Row> sync() {
        return List.of(
                alice("sync since nonsense").get("sync?since=x").is(400, "M_UNKNOWN"),
                alice("sync since nothing").get("sync?since=").isFine(),
                alice("sync since too many digits")
                        .get("sync?since=s99999999999999999999")
                        .is(400, "M_UNKNOWN"),
                alice("sync with the filter of no id").get("sync?filter=x").is(400, INVALID),
                alice("sync with an unknown filter").get("sync?filter=999999").is(400, INVALID),
                alice("sync with a filter of many digits")
                        .get("sync?filter=99999999999999999999")
                        .is(400, INVALID),
                alice("sync with half a filter")
                        .get("sync?filter=%7B%22room%22")
                        .is(400, "M_NOT_JSON"),
                alice("sync with the time of nonsense").get("sync?timeout=abc").is(400, INVALID),
                alice("sync with the time before").get("sync?timeout=-1").is(400, INVALID),
                alice("sync with neither yes nor no").get("sync?full_state=1").is(400, INVALID),
                alice("sync with an unknown presence").get("sync?set_presence=x").is(400, INVALID));
    }

    private static List<Row> filters() {
        List<Row> rows = new ArrayList<>();
        for (String filter : FILTERS) {
            rows.add(alice("filter to be stored " + filter).post(FILTER, filter).is(400, BAD_JSON));
            rows.add(
                    alice("filter of /sync " + filter)
                            .get("sync?filter=" + encoded(filter))
                            .is(400, BAD_JSON));
            if (filter.contains("timeline")) {
                String events =
                        filter.substring(filter.lastIndexOf("timeline") + 10, filter.length() - 2);
                rows.add(
                        alice("filter of /messages " + events)
                                .get("rooms/$room/messages?dir=b&filter=" + encoded(events))
                                .is(400, BAD_JSON));
            }
        }
        rows.add(alice("stored filter of nothing").get(FILTER + "/999").is(404, "M_NOT_FOUND"));
        rows.add(alice("stored filter of no number").get(FILTER + "/x").is(404, "M_NOT_FOUND"));
        rows.add(
                alice("stored filter of many digits")
                        .get(FILTER + "/99999999999")
                        .is(404, "M_NOT_FOUND"));
        return rows;
    }

    private static List<Row> pages() {
        List<Row> rows = new ArrayList<>();
        for (String limit : List.of("-1", "abc", "1.5", "")) {
            rows.add(
                    alice("messages with the limit " + limit)
                            .get("rooms/$room/messages?dir=b&limit=" + limit)
                            .is(400, INVALID));
            rows.add(
                    alice("context with the limit " + limit)
                            .get("rooms/$room/context/$event?limit=" + limit)
                            .is(400, INVALID));
            rows.add(
                    alice("rooms with the limit " + limit)
                            .get("publicRooms?limit=" + limit)
                            .is(400, INVALID));
        }
        rows.add(
                alice("rooms with a negative limit in the body")
                        .post("publicRooms", "{\"limit\":-1}")
                        .is(400, INVALID));
        rows.add(alice("rooms since nonsense").get("publicRooms?since=x").is(400, INVALID));
        String messages = "rooms/$room/messages";
        rows.add(alice("messages aside").get(messages + "?dir=x").is(400, INVALID));
        rows.add(alice("messages from nonsense").get(messages + "?dir=b&from=x").is(400, INVALID));
        rows.add(alice("messages to nonsense").get(messages + "?dir=b&to=x").is(400, INVALID));
        rows.add(
                alice("messages with half a filter")
                        .get(messages + "?dir=b&filter=%7B")
                        .is(400, "M_NOT_JSON"));
        String time = "/_matrix/client/v1/rooms/$room/timestamp_to_event";
        rows.add(alice("event at no time").get(time + "?dir=b").is(400, "M_MISSING_PARAM"));
        rows.add(alice("event at nonsense").get(time + "?dir=b&ts=x").is(400, INVALID));
        return rows;
    }

    private static List<Row> twice() {
        return List.of(
                Row.of("C60", "forget where one still is")
                        .by("bob")
                        .post("rooms/$room/forget", "{}")
                        .is(400, "M_UNKNOWN"),
                alice("unban of who is not banned")
                        .post("rooms/$room/unban", "{\"user_id\":\"$bob\"}")
                        .is(403, "M_BAD_STATE"),
                Row.of("C60", "the same reaction again")
                        .by("bob")
                        .put("rooms/$room/send/m.reaction/second", Rows.HEART)
                        .is(400, "M_DUPLICATE_ANNOTATION"),
                Row.of("C60", "another reaction")
                        .by("bob")
                        .put("rooms/$room/send/m.reaction/third", Rows.HEART.replace("♥", "♠"))
                        .isFine());
    }

    private static List<Row> pushRules() {
        String rules = "pushrules/global/";
        String actions = "{\"actions\":[\"notify\"]}";
        return List.of(
                alice("rule with a slash").put(rules + "room/a%2Fb", actions).is(400, INVALID),
                alice("rule with a dot").put(rules + "room/.a", actions).is(400, INVALID),
                alice("rule of no kind").put(rules + "nothing/a", actions).is(400, INVALID),
                alice("look at a rule of no kind").get(rules + "nothing/a").is(404, "M_NOT_FOUND"),
                alice("look whether a rule of no kind is on")
                        .get(rules + "nothing/a/enabled")
                        .is(404, "M_NOT_FOUND"),
                alice("look at the actions of a rule of no kind")
                        .get(rules + "nothing/a/actions")
                        .is(404, "M_NOT_FOUND"),
                alice("look at the rules of no scope")
                        .get("pushrules/local/")
                        .is(404, "M_NOT_FOUND"),
                alice("look at a rule of no scope")
                        .get("pushrules/local/room/a")
                        .is(404, "M_NOT_FOUND"),
                alice("switch of a rule of no kind")
                        .put(rules + "nothing/a/enabled", "{\"enabled\":true}")
                        .is(404, "M_NOT_FOUND"),
                alice("rule of no scope").put("pushrules/local/room/a", actions).is(400, INVALID),
                alice("rule without a pattern")
                        .put(rules + "content/a", actions)
                        .is(400, "M_MISSING_PARAM"),
                alice("rule with an action of no kind")
                        .put(rules + "content/a", "{\"actions\":[1],\"pattern\":\"x\"}")
                        .is(400, INVALID),
                alice("rule before none")
                        .put(rules + "override/a?before=none", actions)
                        .is(400, "M_UNKNOWN"),
                alice("switch of no rule")
                        .put(rules + "override/none/enabled", "{\"enabled\":true}")
                        .is(404, "M_NOT_FOUND"),
                alice("actions of no rule")
                        .put(rules + "override/none/actions", actions)
                        .is(404, "M_NOT_FOUND"),
                alice("no rule").get(rules + "override/none").is(404, "M_NOT_FOUND"),
                alice("whether no rule is on")
                        .get(rules + "override/none/enabled")
                        .is(404, "M_NOT_FOUND"),
                alice("what no rule does")
                        .get(rules + "override/none/actions")
                        .is(404, "M_NOT_FOUND"),
                alice("removal of no rule").delete(rules + "override/none").is(404, "M_NOT_FOUND"));
    }

    private static List<Row> browsers() {
        return List.of(
                asks("a message", "rooms/$room/send/m.room.message/options"),
                asks("a room", "createRoom"),
                asks("leaving", "rooms/$room/leave"),
                asks("logging out", "logout"),
                asks("nothing", "nothing"));
    }

    /// What a browser asks before a request has no effect, token or not.
    private static Row asks(String what, String path) {
        return alice("a browser asks about " + what)
                .once(scene -> scene.name("$position", "" + scene.position()))
                .sends("OPTIONS", path, "{\"msgtype\":\"m.text\",\"body\":\"x\"}")
                .with("Access-Control-Request-Method", "PUT")
                .with("Origin", "https://app.example")
                .isFine()
                .then(
                        (scene, reply) -> {
                            assertEquals(scene.named("$position"), "" + scene.position());
                            assertEquals(
                                    200,
                                    scene.send("alice", "GET", "account/whoami", null).status());
                            assertEquals(
                                    "*", reply.header("Access-Control-Allow-Origin").orElse(""));
                            assertTrue(
                                    reply.header("Access-Control-Allow-Headers")
                                            .orElse("")
                                            .contains("Authorization"));
                        });
    }
}
