package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Power levels that cannot be, and rooms that cannot be made.
final class NewRoomRows {
    private static final String BAD_JSON = "M_BAD_JSON";
    private static final String INVALID_STATE = "M_INVALID_ROOM_STATE";
    private static final String INVALID = "M_INVALID_PARAM";
    private static final String LEVELS = "rooms/$room/state/m.room.power_levels/";

    private NewRoomRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(powerLevels());
        rows.addAll(versions());
        rows.addAll(creators());
        rows.addAll(forms());
        return rows;
    }

    private static List<Row> powerLevels() {
        List<Row> rows = new ArrayList<>();
        new TreeMap<>(
                        Map.ofEntries(
                                Map.entry("creator in users", "{\"users\":{\"$alice\":100}}"),
                                Map.entry(
                                        "integer that is too large", "{\"ban\":9007199254740992}"),
                                Map.entry(
                                        "integer that is too small",
                                        "{\"kick\":-9007199254740992}"),
                                Map.entry("string", "{\"ban\":\"50\"}"),
                                Map.entry("fraction", "{\"ban\":1.5}"),
                                Map.entry("null", "{\"ban\":null}"),
                                Map.entry("users are a list", "{\"users\":[]}"),
                                Map.entry("user without a user id", "{\"users\":{\"bob\":1}}"),
                                Map.entry("string for a user", "{\"users\":{\"$bob\":\"1\"}}"),
                                Map.entry("null for a type", "{\"events\":{\"t\":null}}"),
                                Map.entry(
                                        "string to notify",
                                        "{\"notifications\":{\"room\":\"1\"}}")))
                .forEach(
                        (what, content) -> {
                            String number = what.startsWith("creator") ? "C23" : "C24";
                            rows.add(
                                    Row.of(number, "power levels: " + what)
                                            .by("alice")
                                            .put(LEVELS, content)
                                            .is(400, BAD_JSON));
                            rows.add(
                                    create(
                                                    number,
                                                    "power levels of a new room: " + what,
                                                    "{\"power_level_content_override\":"
                                                            + content
                                                            + "}")
                                            .is(400, BAD_JSON));
                        });
        rows.add(
                create(
                                "C24",
                                "power levels of a new room: nobody has any",
                                "{\"room_version\":\"11\","
                                        + "\"power_level_content_override\":{\"users\":{}}}")
                        .is(400, BAD_JSON));
        return rows;
    }

    private static Row create(String number, String what, String body) {
        return Row.of(number, what).by("alice").post("createRoom", body);
    }

    private static List<Row> versions() {
        String upgrade = "rooms/$room/upgrade";
        return List.of(
                create("C25", "version is a number", "{\"room_version\":1}").is(400, BAD_JSON),
                create("C25", "unknown version", "{\"room_version\":\"x\"}")
                        .is(400, "M_UNSUPPORTED_ROOM_VERSION"),
                Row.of("C25", "upgrade to an unknown version")
                        .by("alice")
                        .post(upgrade, "{\"new_version\":\"x\"}")
                        .is(400, "M_UNSUPPORTED_ROOM_VERSION"),
                Row.of("C25", "upgrade to nothing")
                        .by("alice")
                        .post(upgrade, "{}")
                        .is(400, BAD_JSON),
                Row.of("C25", "upgrade to a number")
                        .by("alice")
                        .post(upgrade, "{\"new_version\":1}")
                        .is(400, BAD_JSON));
    }

    private static List<Row> creators() {
        return List.of(
                creators("are a string", "\"$bob\""),
                creators("are an object", "{\"$bob\":100}"),
                creators("have no user ids", "[\"x\"]"),
                creators("are numbers", "[1]"),
                creators("are nested", "[[\"$bob\"]]"));
    }

    private static Row creators(String what, String json) {
        return create(
                        "C26",
                        "creators " + what,
                        "{\"creation_content\":{\"additional_creators\":" + json + "}}")
                .is(400, BAD_JSON);
    }

    private static List<Row> forms() {
        return List.of(
                create("C27", "alias that is taken", "{\"room_alias_name\":\"taken\"}")
                        .is(400, "M_ROOM_IN_USE"),
                create(
                                "C28",
                                "alias of a new room of more than 255 bytes",
                                "{\"room_alias_name\":\"" + "x".repeat(255) + "\"}")
                        .is(400, INVALID),
                create("C28", "alias of a new room with a colon", "{\"room_alias_name\":\"a:b\"}")
                        .is(400, INVALID),
                create("C27", "state without type", "{\"initial_state\":[{\"content\":{}}]}")
                        .is(400, INVALID_STATE),
                create("C27", "state without content", "{\"initial_state\":[{\"type\":\"t\"}]}")
                        .is(400, INVALID_STATE),
                create("C27", "state is an object", "{\"initial_state\":{}}").is(400, BAD_JSON),
                state("create event", "m.room.create", "{}"),
                state("access list that denies us", "m.room.server_acl", "{}"),
                state("power levels that cannot be", "m.room.power_levels", "{\"users\":1}"),
                state(
                        "canonical alias of another room",
                        "m.room.canonical_alias",
                        "{\"alias\":\"$taken\"}"),
                state(
                        "second canonical alias of another room",
                        "m.room.canonical_alias",
                        "{\"alt_aliases\":[\"$taken\"]}"),
                state(
                        "canonical alias that is none",
                        "m.room.canonical_alias",
                        "{\"alias\":\"x\"}"),
                state(
                        "canonical alias that is a number",
                        "m.room.canonical_alias",
                        "{\"alias\":1}"),
                create(
                                "C27",
                                "state with an alias of another room beside its own",
                                """
                                {"room_alias_name": "beside", "initial_state": [
                                 {"type": "m.room.canonical_alias", "content":
                                  {"alias": "#beside:hearth.test", "alt_aliases": ["$taken"]}}]}
                                """)
                        .is(400, INVALID_STATE),
                create("C27", "unknown preset", "{\"preset\":\"x\"}").is(400, INVALID),
                create("C27", "unknown visibility", "{\"visibility\":\"x\"}").is(400, INVALID),
                create("C33", "new room with a guest of no user id", "{\"invite\":[\"bob\"]}")
                        .is(400, INVALID),
                create("C33", "new room with a guest by mail", "{\"invite_3pid\":[{}]}")
                        .is(403, "M_THREEPID_DENIED"));
    }

    private static Row state(String what, String type, String content) {
        return create(
                        "C27",
                        "state with a " + what,
                        "{\"initial_state\":[{\"type\":\"%s\",\"content\":%s}]}"
                                .formatted(type, content))
                .is(400, INVALID_STATE);
    }
}
