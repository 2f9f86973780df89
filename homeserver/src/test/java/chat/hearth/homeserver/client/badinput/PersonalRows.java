package chat.hearth.homeserver.client.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/// What belongs to a user: account data, tags, profile, presence, typing, receipts, devices.
final class PersonalRows {
    private static final String ALICES = "user/$alice";
    private static final String FORBIDDEN = "M_FORBIDDEN";
    private static final String INVALID = "M_INVALID_PARAM";
    private static final String BAD_JSON = "M_BAD_JSON";

    private PersonalRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(ofOthers());
        rows.addAll(writtenForOthers());
        rows.addAll(receipts());
        rows.addAll(markers());
        rows.addAll(accountData());
        rows.addAll(profiles());
        rows.addAll(profileFields());
        rows.addAll(presence());
        rows.addAll(limits());
        rows.addAll(devices());
        return rows;
    }

    private static List<Row> ofOthers() {
        String inRoom = ALICES + "/rooms/$room";
        return List.of(
                bob("C10", "sets account data").put(ALICES + "/account_data/x", "{}"),
                bob("C10", "reads account data").get(ALICES + "/account_data/x"),
                bob("C10", "sets account data of a room").put(inRoom + "/account_data/x", "{}"),
                bob("C10", "reads account data of a room").get(inRoom + "/account_data/x"),
                bob("C10", "reads tags").get(inRoom + "/tags"),
                bob("C10", "sets a tag").put(inRoom + "/tags/u.x", "{}"),
                bob("C10", "removes a tag").delete(inRoom + "/tags/u.x"),
                bob("C10", "stores a filter").post(ALICES + "/filter", "{}"),
                bob("C10", "reads a filter").get(ALICES + "/filter/1"),
                bob("C10", "sets presence")
                        .put("presence/$alice/status", "{\"presence\":\"online\"}"),
                Row.of("C10", "reads presence without a room in common")
                        .by("observer")
                        .get("presence/$alice/status")
                        .is(403, FORBIDDEN),
                Row.of("C10", "reads presence of nobody")
                        .by("alice")
                        .get("presence/@nobody:hearth.test/status")
                        .is(403, FORBIDDEN));
    }

    private static Row bob(String number, String what) {
        return Row.of(number, what + " of another user").by("bob").is(403, FORBIDDEN);
    }

    private static List<Row> writtenForOthers() {
        String typing = "{\"typing\":true,\"timeout\":30000}";
        return List.of(
                bob("C11", "typing").put("rooms/$room/typing/$alice", typing),
                bob("C11", "name").put("profile/$alice/displayname", "{\"displayname\":\"x\"}"),
                bob("C11", "picture").put("profile/$alice/avatar_url", "{\"avatar_url\":\"\"}"),
                bob("C11", "no name").delete("profile/$alice/displayname"),
                Row.of("C11", "typing in a room of others")
                        .by("dave")
                        .put("rooms/$room/typing/$dave", typing)
                        .is(403, FORBIDDEN),
                Row.of("C11", "typing nowhere")
                        .by("dave")
                        .put("rooms/$nowhere/typing/$dave", typing)
                        .is(403, FORBIDDEN),
                Row.of("C11", "typing or not")
                        .by("alice")
                        .put("rooms/$room/typing/$alice", "{}")
                        .is(400, "M_MISSING_PARAM"),
                Row.of("C11", "typing is a string")
                        .by("alice")
                        .put("rooms/$room/typing/$alice", "{\"typing\":\"yes\"}")
                        .is(400, BAD_JSON),
                Row.of("C11", "typing in the past")
                        .by("alice")
                        .put("rooms/$room/typing/$alice", "{\"typing\":true,\"timeout\":-1}")
                        .is(400, INVALID));
    }

    private static List<Row> receipts() {
        String read = "rooms/$room/receipt/m.read/$event";
        return List.of(
                receipt("of an unknown type", "rooms/$room/receipt/m.seen/$event", "{}"),
                receipt("in a thread without id", read, "{\"thread_id\":\"\"}"),
                receipt("in a thread that is a number", read, "{\"thread_id\":7}"),
                receipt("in a thread that is null", read, "{\"thread_id\":null}"),
                receipt("in a thread that is none", read, "{\"thread_id\":\"$no\"}"),
                receipt(
                        "of the fully read marker in a thread",
                        "rooms/$room/receipt/m.fully_read/$event",
                        "{\"thread_id\":\"main\"}"),
                receipt("for an event of another room", "rooms/$room/receipt/m.read/$hidden", "{}"),
                receipt("for an unknown event", "rooms/$room/receipt/m.read/$unknown", "{}"),
                receipt("for no event id", "rooms/$room/receipt/m.read/nothing", "{}"),
                Row.of("C53", "receipt for an event from before one was there")
                        .once(PersonalRows::letBobInLate)
                        .by("bob")
                        .post("rooms/$late/receipt/m.read/$early", "{}")
                        .is(400, INVALID),
                Row.of("C53", "receipt from outside of the room")
                        .by("dave")
                        .post(read, "{}")
                        .is(403, FORBIDDEN));
    }

    private static Row receipt(String what, String path, String body) {
        return Row.of("C53", "receipt " + what).by("alice").post(path, body).is(400, INVALID);
    }

    private static void letBobInLate(Scene scene) {
        String room =
                scene.user("alice")
                        .createRoom(
                                """
                                {"preset": "public_chat", "initial_state": [
                                 {"type": "m.room.history_visibility",
                                  "content": {"history_visibility": "joined"}}]}
                                """);
        scene.name("$late", room);
        scene.name("$early", scene.user("alice").say(room, "early", "hi"));
        scene.user("bob").join(room);
    }

    private static List<Row> markers() {
        String path = "rooms/$room/read_markers";
        return List.of(
                Row.of("C53", "markers from outside of the room")
                        .by("dave")
                        .post(path, "{\"m.read\":\"$event\"}")
                        .is(403, FORBIDDEN),
                Row.of("C53", "marker is a number")
                        .by("alice")
                        .post(path, "{\"m.read\":7}")
                        .is(400, BAD_JSON),
                Row.of("C53", "marker is no event id")
                        .by("alice")
                        .post(path, "{\"m.read\":\"x\"}")
                        .is(400, INVALID),
                Row.of("C53", "one marker of two is for an unknown event")
                        .by("alice")
                        .post(path, "{\"m.read\":\"$event\",\"m.fully_read\":\"$no\"}")
                        .is(400, INVALID));
    }

    private static List<Row> accountData() {
        String inRoom = ALICES + "/rooms/$room/account_data/";
        String global = ALICES + "/account_data/";
        return List.of(
                alice("C54", "fully read marker")
                        .put(global + "m.fully_read", "{}")
                        .is(405, BAD_JSON),
                alice("C54", "push rules").put(global + "m.push_rules", "{}").is(405, BAD_JSON),
                alice("C54", "fully read marker of a room")
                        .put(inRoom + "m.fully_read", "{}")
                        .is(405, BAD_JSON),
                alice("C54", "push rules of a room")
                        .put(inRoom + "m.push_rules", "{}")
                        .is(405, BAD_JSON),
                alice("C54", "account data of no room id")
                        .put(ALICES + "/rooms/nothing/account_data/x", "{}")
                        .is(400, INVALID),
                alice("C54", "account data of an unknown room")
                        .put(ALICES + "/rooms/$nowhere/account_data/x", "{}")
                        .is(403, FORBIDDEN),
                alice("C54", "account data that is not there")
                        .get(global + "absent")
                        .is(404, "M_NOT_FOUND"));
    }

    private static Row alice(String number, String what) {
        return Row.of(number, what).by("alice");
    }

    private static List<Row> profiles() {
        String profile = "profile/$alice/";
        return List.of(
                alice("C59", "picture that is no address")
                        .put(profile + "avatar_url", "{\"avatar_url\":[]}")
                        .is(400, BAD_JSON),
                alice("C59", "name that is a number")
                        .put(profile + "displayname", "{\"displayname\":1}")
                        .is(400, BAD_JSON),
                alice("C59", "field with capitals")
                        .put(profile + "Org.Example", "{\"Org.Example\":1}")
                        .is(400, INVALID),
                alice("C59", "field that begins with a dot")
                        .put(profile + ".pending", "{\".pending\":1}")
                        .is(400, INVALID),
                alice("C59", "profile of nobody")
                        .get("profile/@nobody:hearth.test")
                        .is(404, "M_NOT_FOUND"),
                alice("C59", "field that is not there")
                        .get(profile + "org.example.absent")
                        .is(404, "M_NOT_FOUND"),
                alice("C59", "profile of no user id").get("profile/alice").is(400, INVALID),
                Row.of("C17", "a guest changes more than the name")
                        .by("guest")
                        .put("profile/$guest/avatar_url", "{\"avatar_url\":\"mxc://a/b\"}")
                        .is(403, "M_GUEST_ACCESS_FORBIDDEN"));
    }

    /// All names but those that the specification gives are in somebody's namespace.
    private static List<Row> profileFields() {
        List<Row> rows = new ArrayList<>();
        for (String name : List.of("colour", "m.", "org..example", "org.example.", "1.example")) {
            rows.add(profileField(name).is(400, INVALID));
        }
        for (String name : List.of("m.tz", "org.example", "io.my-site.time_zone2")) {
            rows.add(profileField(name).isFine());
        }
        return rows;
    }

    private static Row profileField(String name) {
        return alice("C59", "profile field " + name)
                .put("profile/$alice/" + name, "{\"" + name + "\":\"x\"}");
    }

    private static List<Row> presence() {
        String path = "presence/$alice/status";
        return List.of(
                alice("C10", "presence of no kind").put(path, "{}").is(400, "M_MISSING_PARAM"),
                alice("C10", "presence of an unknown kind")
                        .put(path, "{\"presence\":\"here\"}")
                        .is(400, INVALID),
                alice("C10", "presence is a number")
                        .put(path, "{\"presence\":1}")
                        .is(400, BAD_JSON),
                alice("C10", "presence with a long text")
                        .put(
                                path,
                                "{\"presence\":\"online\",\"status_msg\":\""
                                        + "x".repeat(1_025)
                                        + "\"}")
                        .is(400, INVALID));
    }

    private static List<Row> limits() {
        String profile = "profile/$alice/";
        String field = "a".repeat(256);
        String large = "x".repeat(65_536);
        String tags = ALICES + "/rooms/$room/tags/";
        return List.of(
                alice("C59", "profile field of 256 bytes")
                        .put(profile + field, "{\"" + field + "\":1}")
                        .is(400, "M_KEY_TOO_LARGE"),
                alice("C59", "profile of more than 64 KiB")
                        .put(profile + "org.example.x", "{\"org.example.x\":\"" + large + "\"}")
                        .is(400, "M_PROFILE_TOO_LARGE"),
                alice("C59", "profile field without itself")
                        .put(profile + "org.example.x", "{\"org.example.y\":1}")
                        .is(400, "M_MISSING_PARAM"),
                alice("C59", "tag of 256 bytes")
                        .put(tags + "u." + "ö".repeat(127), "{}")
                        .is(400, INVALID),
                alice("C59", "tag whose order is a string")
                        .put(tags + "u.x", "{\"order\":\"first\"}")
                        .is(400, BAD_JSON),
                alice("C59", "tags of more than 64 KiB")
                        .put(tags + "u.x", "{\"x\":\"" + large + "\"}")
                        .is(413, "M_TOO_LARGE"),
                alice("C59", "account data of more than 64 KiB")
                        .put(ALICES + "/account_data/x", "{\"x\":\"" + large + "\"}")
                        .is(413, "M_TOO_LARGE"),
                alice("C59", "account data of a type of 256 bytes")
                        .put(ALICES + "/account_data/" + field, "{}")
                        .is(400, INVALID));
    }

    private static List<Row> devices() {
        String named = "\"initial_device_display_name\":\"" + "n".repeat(99) + "🔥\"";
        return List.of(
                Row.of("C59", "device name of 101 characters at log-in")
                        .post(
                                "login",
                                "{\"type\":\"m.login.password\",\"user\":\"alice\","
                                        + "\"password\":\"secret\","
                                        + named
                                        + "}")
                        .isFine()
                        .then(PersonalRows::nameIsCut),
                Row.of("C59", "device name of 101 characters at registration")
                        .post(
                                "register",
                                "{\"auth\":{\"type\":\"m.login.dummy\"},\"username\":\"zoe\","
                                        + "\"password\":\"p\","
                                        + named
                                        + "}")
                        .isFine()
                        .then(PersonalRows::nameIsCut),
                alice("C59", "device name of 101 characters")
                        .once(PersonalRows::findDevice)
                        .put("devices/$device", "{\"display_name\":\"" + "n".repeat(101) + "\"}")
                        .is(400, "M_TOO_LARGE"),
                alice("C59", "name of an unknown device")
                        .put("devices/NONE", "{\"display_name\":\"x\"}")
                        .is(404, "M_NOT_FOUND"),
                alice("C59", "unknown device").get("devices/NONE").is(404, "M_NOT_FOUND"),
                alice("C59", "no devices to delete")
                        .post("delete_devices", "{}")
                        .is(400, "M_MISSING_PARAM"));
    }

    /// A client makes the name up: it is cut between characters, and nobody is turned away.
    private static void nameIsCut(Scene scene, Reply reply) {
        scene.name("$cut", reply.string("access_token"));
        Reply device = scene.send("$cut", "GET", "devices/" + reply.string("device_id"), null);
        assertEquals("n".repeat(99), device.string("display_name"));
    }

    private static void findDevice(Scene scene) {
        scene.name(
                "$device", scene.send("alice", "GET", "account/whoami", null).string("device_id"));
    }
}
