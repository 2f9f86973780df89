package chat.hearth.homeserver.client.badinput;

import java.util.ArrayList;
import java.util.List;

/// Getting into rooms, reading them, and their addresses.
final class RoomRows {
    private static final String FORBIDDEN = "M_FORBIDDEN";
    private static final String NOT_FOUND = "M_NOT_FOUND";
    private static final String INVALID = "M_INVALID_PARAM";
    private static final String GUEST = "M_GUEST_ACCESS_FORBIDDEN";

    private RoomRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(joining());
        rows.addAll(guests());
        rows.addAll(readingRooms());
        rows.addAll(readingEvents());
        rows.addAll(aliases());
        rows.addAll(invites());
        rows.addAll(invitesThatReachNobody());
        return rows;
    }

    private static Row dave(String number, String what) {
        return Row.of(number, what).by("dave");
    }

    private static Row alice(String number, String what) {
        return Row.of(number, what).by("alice");
    }

    private static List<Row> joining() {
        return List.of(
                dave("C17", "join by invitation only")
                        .post("rooms/$private/join", "{}")
                        .is(403, FORBIDDEN),
                dave("C17", "join what is restricted to others")
                        .post("join/$restricted", "{}")
                        .is(403, FORBIDDEN),
                dave("C17", "join by one's member event")
                        .put(
                                "rooms/$private/state/m.room.member/$dave",
                                "{\"membership\":\"join\"}")
                        .is(403, FORBIDDEN),
                Row.of("C17", "join when banned")
                        .by("carol")
                        .post("rooms/$room/join", "{}")
                        .is(403, FORBIDDEN),
                dave("C17", "join nowhere").post("rooms/$nowhere/join", "{}").is(404, NOT_FOUND),
                dave("C17", "join neither a room nor an alias")
                        .post("join/nonsense", "{}")
                        .is(400, INVALID),
                dave("C17", "join an unknown alias")
                        .post("join/%23gone:hearth.test", "{}")
                        .is(404, NOT_FOUND),
                dave("C17", "knock on an open door").post("knock/$room", "{}").is(403, FORBIDDEN),
                dave("C17", "knock by invitation only")
                        .post("knock/$private", "{}")
                        .is(403, FORBIDDEN),
                dave("C17", "leave where one never was")
                        .post("rooms/$room/leave", "{}")
                        .is(403, FORBIDDEN));
    }

    private static List<Row> guests() {
        return List.of(
                Row.of("C17", "a guest joins where guests are forbidden")
                        .by("guest")
                        .post("join/$room", "{}")
                        .is(403, GUEST),
                Row.of("C17", "a guest makes a room")
                        .by("guest")
                        .post("createRoom", "{}")
                        .is(403, GUEST),
                Row.of("C17", "a guest knocks")
                        .by("guest")
                        .post("knock/$room", "{}")
                        .is(403, GUEST),
                Row.of("C17", "a guest invites by a member event")
                        .by("guest")
                        .put("rooms/$room/state/m.room.member/$dave", "{\"membership\":\"invite\"}")
                        .is(403, GUEST),
                Row.of("C17", "a guest joins with a picture")
                        .by("guest")
                        .post("rooms/$room/join", "{\"avatar_url\":\"mxc://a/b\"}")
                        .is(403, GUEST),
                Row.of("C17", "a guest invites")
                        .by("guest")
                        .post("rooms/$room/invite", "{\"user_id\":\"$dave\"}")
                        .is(403, GUEST));
    }

    private static List<Row> readingRooms() {
        List<Row> rows = new ArrayList<>();
        for (String path :
                List.of(
                        "state",
                        "state/m.room.create/",
                        "members",
                        "members?at=s1",
                        "joined_members",
                        "messages?dir=b",
                        "aliases")) {
            rows.add(
                    dave("C18", path + " of a room of others")
                            .get("rooms/$private/" + path)
                            .is(403, FORBIDDEN));
            rows.add(
                    dave("C18", path + " of an unknown room")
                            .get("rooms/$nowhere/" + path)
                            .is(403, FORBIDDEN));
            rows.add(
                    Row.of("C18", path + " when banned")
                            .by("carol")
                            .get("rooms/$room/" + path)
                            .is(403, FORBIDDEN));
            rows.add(
                    dave("C18", path + " of no room id")
                            .get("rooms/nonsense/" + path)
                            .is(400, INVALID));
        }
        rows.add(
                Row.of("C18", "state that is not there")
                        .by("bob")
                        .get("rooms/$room/state/m.room.none/")
                        .is(404, NOT_FOUND));
        rows.add(
                Row.of("C18", "members of an unknown kind")
                        .by("bob")
                        .get("rooms/$room/members?membership=x")
                        .is(400, INVALID));
        return rows;
    }

    private static List<Row> readingEvents() {
        List<Row> rows = new ArrayList<>();
        for (String path : List.of("event/", "context/")) {
            rows.add(
                    dave("C19", path + " that is invisible")
                            .get("rooms/$private/" + path + "$hidden")
                            .is(404, NOT_FOUND));
            rows.add(
                    alice("C19", path + " of another room")
                            .get("rooms/$room/" + path + "$hidden")
                            .is(404, NOT_FOUND));
            rows.add(
                    alice("C19", path + " that is unknown")
                            .get("rooms/$room/" + path + "$nothing")
                            .is(404, NOT_FOUND));
            rows.add(
                    alice("C19", path + " without an event id")
                            .get("rooms/$room/" + path + "nothing")
                            .is(404, NOT_FOUND));
            rows.add(
                    alice("C19", path + " of an unknown room")
                            .get("rooms/$nowhere/" + path + "$event")
                            .is(404, NOT_FOUND));
        }
        return rows;
    }

    private static List<Row> aliases() {
        String ours = "{\"room_id\":\"$room\"}";
        String free = "directory/room/%23free:hearth.test";
        return List.of(
                alice("C28", "alias that is taken")
                        .put("directory/room/$taken", ours)
                        .is(409, "M_UNKNOWN"),
                alice("C28", "alias without a mark")
                        .put("directory/room/nonsense", ours)
                        .is(400, INVALID),
                alice("C28", "alias of 256 bytes")
                        .put("directory/room/%23" + "x".repeat(243) + ":hearth.test", ours)
                        .is(400, INVALID),
                alice("C28", "alias of another server")
                        .put("directory/room/%23a:b.test", ours)
                        .is(400, INVALID),
                alice("C28", "alias for no room").put(free, "{}").is(400, "M_BAD_JSON"),
                dave("C28", "alias for a room of others").put(free, ours).is(403, FORBIDDEN),
                Row.of("C30", "alias of somebody else")
                        .by("bob")
                        .delete("directory/room/$taken")
                        .is(403, FORBIDDEN),
                alice("C30", "alias that is not there").delete(free).is(404, NOT_FOUND),
                alice("C30", "room of an alias that is not there").get(free).is(404, NOT_FOUND),
                alice("C30", "an unknown room in the directory")
                        .get("directory/list/room/$nowhere")
                        .is(404, NOT_FOUND),
                Row.of("C30", "listing a room without power")
                        .by("bob")
                        .put("directory/list/room/$room", "{}")
                        .is(403, FORBIDDEN));
    }

    private static List<Row> invites() {
        return List.of(
                alice("C33", "invite without a user")
                        .post("rooms/$private/invite", "{}")
                        .is(400, "M_BAD_JSON"),
                alice("C33", "invite of a number")
                        .post("rooms/$private/invite", "{\"user_id\":1}")
                        .is(400, "M_BAD_JSON"),
                alice("C33", "invite of no user id")
                        .post("rooms/$private/invite", "{\"user_id\":\"x\"}")
                        .is(400, INVALID),
                alice("C33", "invite of 256 bytes")
                        .post(
                                "rooms/$private/invite",
                                "{\"user_id\":\"@" + "x".repeat(243) + ":hearth.test\"}")
                        .is(400, INVALID),
                alice("C33", "invite with nothing")
                        .post("rooms/$private/invite", "")
                        .is(400, "M_NOT_JSON"),
                alice("C33", "kick without a user")
                        .post("rooms/$private/kick", "{}")
                        .is(400, "M_BAD_JSON"),
                alice("C33", "ban without a user")
                        .post("rooms/$private/ban", "{}")
                        .is(400, "M_BAD_JSON"),
                alice("C33", "unban without a user")
                        .post("rooms/$private/unban", "{}")
                        .is(400, "M_BAD_JSON"));
    }

    private static List<Row> invitesThatReachNobody() {
        String invite = "{\"membership\":\"invite\"}";
        return List.of(
                alice("C33", "invite to another server")
                        .post("rooms/$private/invite", "{\"user_id\":\"@zoe:elsewhere.test\"}")
                        .is(403, FORBIDDEN),
                alice("C33", "invite to another server by its member event")
                        .put("rooms/$private/state/m.room.member/@zoe:elsewhere.test", invite)
                        .is(403, FORBIDDEN),
                alice("C33", "new room with a guest of another server")
                        .post("createRoom", "{\"invite\":[\"$bob\",\"@zoe:elsewhere.test\"]}")
                        .is(403, FORBIDDEN),
                alice("C33", "new room with a trusted guest of another server")
                        .post(
                                "createRoom",
                                "{\"preset\":\"trusted_private_chat\","
                                        + "\"invite\":[\"@zoe:elsewhere.test\"]}")
                        .is(403, FORBIDDEN),
                alice("C33", "invite by a third party's word")
                        .put(
                                "rooms/$private/state/m.room.member/$bob",
                                "{\"membership\":\"invite\",\"third_party_invite\":{}}")
                        .is(403, "M_THREEPID_DENIED"));
    }
}
