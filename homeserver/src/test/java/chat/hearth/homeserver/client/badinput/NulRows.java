package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/// The character NUL, which JSON can hold and PostgreSQL's texts cannot: where people write what
/// they like it comes back as it was, and nowhere does the server break over it.
final class NulRows {
    private static final String TEXT = "a\\u0000b";

    private NulRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(keptOfRooms());
        rows.addAll(keptOfUsers());
        rows.addAll(refusedInBodies());
        rows.addAll(refusedInPaths());
        return rows;
    }

    private static Row alice(String where) {
        return Row.of("C38", "NUL in " + where).by("alice");
    }

    /// It is found again at `path`.
    private static Row.Check at(String path) {
        return (scene, _) -> {
            String text = scene.send("alice", "GET", path, null).text();
            assertTrue(text.contains(TEXT), text);
        };
    }

    private static List<Row> keptOfRooms() {
        String json = "{\"%s\":\"" + TEXT + "\"}";
        return List.of(
                alice("a message")
                        .put("rooms/$room/send/m.room.message/nul", json.formatted("body"))
                        .isFine()
                        .then(at("rooms/$room/messages?dir=b&limit=1")),
                alice("a member's name in an object of a message")
                        .put(
                                "rooms/$room/send/m.room.message/nul2",
                                "{\"\\u0000\":\"" + TEXT + "\"}")
                        .isFine()
                        .then(at("rooms/$room/messages?dir=b&limit=1")),
                alice("a room's name")
                        .put("rooms/$room/state/m.room.name/", json.formatted("name"))
                        .isFine()
                        .then(at("rooms/$room/state/m.room.name/"))
                        .then(at("sync")),
                alice("a topic")
                        .put("rooms/$room/state/m.room.topic/", json.formatted("topic"))
                        .isFine()
                        .then(at("rooms/$room/state/m.room.topic/")),
                alice("a new room's name")
                        .post(
                                "createRoom",
                                "{\"name\":\"" + TEXT + "\",\"topic\":\"" + TEXT + "\"}")
                        .isFine(),
                alice("a public room's name")
                        .post("createRoom", "{\"visibility\":\"public\",\"name\":\"" + TEXT + "\"}")
                        .isFine()
                        .then(at("publicRooms")),
                alice("a search for rooms")
                        .post(
                                "publicRooms",
                                "{\"filter\":{\"generic_search_term\":\"" + TEXT + "\"}}")
                        .isFine());
    }

    private static List<Row> keptOfUsers() {
        String json = "{\"%s\":\"" + TEXT + "\"}";
        String name = "profile/$alice/displayname";
        String member = "rooms/$room/state/m.room.member/$alice";
        String data = "user/$alice/account_data/org.example.nul";
        String inRoom = "user/$alice/rooms/$room/account_data/org.example.nul";
        return List.of(
                alice("a display name")
                        .put(name, json.formatted("displayname"))
                        .isFine()
                        .then(at(name))
                        .then(at(member)),
                alice("a profile field")
                        .put("profile/$alice/org.example.nul", json.formatted("org.example.nul"))
                        .isFine()
                        .then(at("profile/$alice/org.example.nul")),
                alice("account data").put(data, json.formatted("x")).isFine().then(at(data)),
                alice("account data of a room")
                        .put(inRoom, json.formatted("x"))
                        .isFine()
                        .then(at(inRoom)),
                alice("a tag's data")
                        .put("user/$alice/rooms/$room/tags/u.nul", json.formatted("x"))
                        .isFine()
                        .then(at("user/$alice/rooms/$room/tags")),
                alice("a presence")
                        .put(
                                "presence/$alice/status",
                                "{\"presence\":\"online\",\"status_msg\":\"" + TEXT + "\"}")
                        .isFine()
                        .then(at("presence/$alice/status")),
                alice("a reason")
                        .put("rooms/$room/redact/$reacted/nul", "{\"reason\":\"" + TEXT + "\"}")
                        .isFine(),
                alice("a filter")
                        .post(
                                "user/$alice/filter",
                                "{\"room\":{\"timeline\":{\"types\":[\"" + TEXT + "\"]}}}")
                        .isFine(),
                alice("a push rule's pattern")
                        .put(
                                "pushrules/global/content/nul",
                                "{\"actions\":[],\"pattern\":\"" + TEXT + "\"}")
                        .isFine()
                        .then(at("pushrules/global/content/nul")));
    }

    private static List<Row> refusedInBodies() {
        String forbidden = "M_FORBIDDEN";
        return List.of(
                Row.of("C38", "NUL in a user who logs in")
                        .post(
                                "login",
                                "{\"type\":\"m.login.password\",\"user\":\""
                                        + TEXT
                                        + "\",\"password\":\"x\"}")
                        .is(403, forbidden),
                Row.of("C38", "NUL in a login token")
                        .post("login", "{\"type\":\"m.login.token\",\"token\":\"" + TEXT + "\"}")
                        .is(403, forbidden),
                Row.of("C38", "NUL in a refresh token")
                        .post("refresh", "{\"refresh_token\":\"" + TEXT + "\"}")
                        .is(401, "M_UNKNOWN_TOKEN"),
                Row.of("C38", "NUL in a session")
                        .post(
                                "register",
                                "{\"auth\":{\"type\":\"m.login.dummy\",\"session\":\""
                                        + TEXT
                                        + "\"}}")
                        .is(401, forbidden),
                alice("a device id")
                        .post(
                                "login",
                                "{\"type\":\"m.login.password\",\"user\":\"alice\","
                                        + "\"password\":\"secret\",\"device_id\":\""
                                        + TEXT
                                        + "\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("a receipt's thread")
                        .post(
                                "rooms/$room/receipt/m.read/$event",
                                "{\"thread_id\":\"" + TEXT + "\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("an alias of a new room")
                        .post("createRoom", "{\"room_alias_name\":\"" + TEXT + "\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("a room's address")
                        .put(
                                "rooms/$room/state/m.room.canonical_alias/",
                                "{\"alias\":\"#" + TEXT + ":hearth.test\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("whom to invite")
                        .post("rooms/$room/invite", "{\"user_id\":\"@" + TEXT + ":hearth.test\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("a relation")
                        .put(
                                "rooms/$room/send/m.reaction/nul",
                                "{\"m.relates_to\":{\"rel_type\":\"m.annotation\","
                                        + "\"event_id\":\"$event\",\"key\":\""
                                        + TEXT
                                        + "\"}}")
                        .isFine());
    }

    private static List<Row> refusedInPaths() {
        return List.of(
                alice("a transaction id")
                        .put("rooms/$room/send/m.room.message/a%00b", "{}")
                        .isFine(),
                alice("a state key").put("rooms/$room/state/t/a%00b", "{}").isFine(),
                alice("an event's type").put("rooms/$room/send/a%00b/nul", "{}").isFine(),
                alice("a type of account data")
                        .put("user/$alice/account_data/a%00b", "{}")
                        .isFine(),
                alice("a tag").put("user/$alice/rooms/$room/tags/a%00b", "{}").isFine(),
                alice("a profile field's name")
                        .put("profile/$alice/a%00b", "{\"a\\u0000b\":1}")
                        .is(400, "M_INVALID_PARAM"),
                alice("a room id").get("rooms/!a%00b:c/state").is(400, "M_INVALID_PARAM"),
                alice("an event id").get("rooms/$room/event/%24a%00b").is(404, "M_NOT_FOUND"),
                alice("a user id").get("profile/@a%00b:c").is(400, "M_INVALID_PARAM"),
                alice("an alias")
                        .get("directory/room/%23a%00b:hearth.test")
                        .is(400, "M_INVALID_PARAM"),
                alice("a device").get("devices/a%00b").is(404, "M_NOT_FOUND"),
                alice("a filter's id").get("user/$alice/filter/a%00b").is(404, "M_NOT_FOUND"),
                alice("a push rule's id")
                        .put("pushrules/global/room/a%00b", "{\"actions\":[]}")
                        .isFine(),
                alice("a receipt's event")
                        .post("rooms/$room/receipt/m.read/%24a%00b", "{}")
                        .is(400, "M_INVALID_PARAM"),
                alice("a name to register")
                        .get("register/available?username=a%00b")
                        .is(400, "M_INVALID_USERNAME"),
                alice("a token of /sync").get("sync?since=s1%00").is(400, "M_UNKNOWN"));
    }
}
