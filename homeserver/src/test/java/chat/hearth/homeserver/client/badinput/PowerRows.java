package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;

/// What takes power over a room, and events whose content cannot be.
final class PowerRows {
    private static final String FORBIDDEN = "M_FORBIDDEN";
    private static final String BAD_JSON = "M_BAD_JSON";

    private PowerRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(withoutPower());
        rows.addAll(beyondOnesPower());
        rows.addAll(creating());
        rows.addAll(addresses());
        rows.addAll(members());
        rows.addAll(accessLists());
        return rows;
    }

    private static Row bob(String number, String what) {
        return Row.of(number, what).by("bob").is(403, FORBIDDEN);
    }

    private static Row alice(String number, String what) {
        return Row.of(number, what).by("alice").is(403, FORBIDDEN);
    }

    private static List<Row> withoutPower() {
        return List.of(
                Row.of("C20", "send from outside")
                        .by("dave")
                        .put("rooms/$room/send/m.room.message/1", "{}")
                        .is(403, FORBIDDEN),
                Row.of("C20", "send nowhere")
                        .by("dave")
                        .put("rooms/$nowhere/send/m.room.message/1", "{}")
                        .is(403, FORBIDDEN),
                bob("C20", "state").put("rooms/$room/state/m.room.name/", "{\"name\":\"x\"}"),
                bob("C20", "kick").post("rooms/$room/kick", user("alice")),
                bob("C20", "ban").post("rooms/$room/ban", user("dave")),
                bob("C20", "unban").post("rooms/$room/unban", user("carol")),
                bob("C20", "invite").post("rooms/$room/invite", user("dave")),
                bob("C20", "redact somebody's").put("rooms/$room/redact/$event/1", "{}"),
                bob("C20", "upgrade").post("rooms/$room/upgrade", "{\"new_version\":\"11\"}"),
                Row.of("C20", "upgrade from outside")
                        .by("dave")
                        .post("rooms/$room/upgrade", "{\"new_version\":\"11\"}")
                        .is(403, FORBIDDEN),
                alice("C20", "invite of a banned user").post("rooms/$room/invite", user("carol")),
                alice("C20", "invite of a joined user").post("rooms/$room/invite", user("bob")),
                alice("C20", "kick of somebody who never was there")
                        .post("rooms/$room/kick", user("dave")),
                alice("C20", "redact what is in another room")
                        .put("rooms/$room/redact/$hidden/1", "{}")
                        .is(404, "M_NOT_FOUND"));
    }

    private static String user(String name) {
        return "{\"user_id\":\"$" + name + "\"}";
    }

    private static List<Row> beyondOnesPower() {
        String levels = "rooms/$ranked/state/m.room.power_levels/";
        String users = "{\"users\":{\"$alice\":%d,\"$bob\":%d,\"$erin\":%d}}";
        return List.of(
                bob("C21", "raise one's own power").put(levels, users.formatted(100, 60, 50)),
                bob("C21", "demote an equal").put(levels, users.formatted(100, 50, 0)),
                bob("C21", "demote who has more").put(levels, users.formatted(50, 50, 50)),
                bob("C21", "raise somebody above oneself")
                        .put(levels, users.formatted(100, 50, 51)),
                bob("C21", "power levels without any power")
                        .put("rooms/$room/state/m.room.power_levels/", "{}"),
                bob("C21", "kick of an equal").post("rooms/$ranked/kick", user("erin")),
                bob("C21", "ban of an equal").post("rooms/$ranked/ban", user("erin")),
                alice("C21", "state of somebody else").put("rooms/$room/state/t/$bob", "{}"),
                alice("C21", "state of somebody else, old room")
                        .put("rooms/$ranked/state/t/$bob", "{}"));
    }

    private static List<Row> creating() {
        return List.of(
                alice("C22", "a second create event, version 12")
                        .put("rooms/$room/state/m.room.create/", "{}")
                        .is(400, "M_BAD_STATE"),
                alice("C22", "a second create event, version 11")
                        .put("rooms/$other/state/m.room.create/", "{}")
                        .is(400, "M_BAD_STATE"),
                alice("C22", "a create event with a state key")
                        .put("rooms/$other/state/m.room.create/x", "{}")
                        .is(400, "M_BAD_STATE"),
                alice("C22", "a create event as a message")
                        .put("rooms/$room/send/m.room.create/1", "{}")
                        .is(400, "M_BAD_STATE"));
    }

    private static List<Row> addresses() {
        String path = "rooms/$room/state/m.room.canonical_alias/";
        return List.of(
                alice("C29", "address of no form")
                        .put(path, "{\"alias\":\"nonsense\"}")
                        .is(400, "M_INVALID_PARAM"),
                alice("C29", "other address of no form")
                        .put(path, "{\"alt_aliases\":[\"nonsense\"]}")
                        .is(400, "M_INVALID_PARAM"),
                alice("C29", "address that is not there")
                        .put(path, "{\"alt_aliases\":[\"#gone:hearth.test\"]}")
                        .is(400, "M_BAD_ALIAS"),
                alice("C29", "address of another room")
                        .put("rooms/$other/state/m.room.canonical_alias/", "{\"alias\":\"$taken\"}")
                        .is(400, "M_BAD_ALIAS"));
    }

    private static List<Row> members() {
        String bob = "rooms/$room/state/m.room.member/$bob";
        return List.of(
                alice("C31", "no membership").put(bob, "{}").is(400, BAD_JSON),
                alice("C31", "membership is a number")
                        .put(bob, "{\"membership\":1}")
                        .is(400, BAD_JSON),
                alice("C31", "unknown membership")
                        .put(bob, "{\"membership\":\"guest\"}")
                        .is(400, BAD_JSON),
                alice("C31", "member that is no user")
                        .put("rooms/$room/state/m.room.member/bob", "{\"membership\":\"invite\"}")
                        .is(400, BAD_JSON),
                alice("C31", "redaction of nothing")
                        .put("rooms/$room/send/m.room.redaction/1", "{}")
                        .is(400, BAD_JSON));
    }

    private static List<Row> accessLists() {
        String path = "rooms/$room/state/m.room.server_acl/";
        return List.of(
                alice("C32", "empty access list").put(path, "{}").is(400, BAD_JSON),
                alice("C32", "access for others only")
                        .put(path, "{\"allow\":[\"a\"]}")
                        .is(400, BAD_JSON),
                alice("C32", "access for all but us")
                        .put(path, "{\"allow\":[\"*\"],\"deny\":[\"*.test\"]}")
                        .is(400, BAD_JSON),
                alice("C32", "access is a string")
                        .put(path, "{\"allow\":\"*\"}")
                        .is(400, BAD_JSON));
    }
}
