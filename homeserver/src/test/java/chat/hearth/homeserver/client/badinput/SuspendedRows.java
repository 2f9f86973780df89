package chat.hearth.homeserver.client.badinput;

import java.util.List;
import java.util.stream.Stream;

/// What a suspended user may not do, and what they still may.
///
/// See [Account suspension](https://spec.matrix.org/v1.19/client-server-api/#account-suspension).
final class SuspendedRows {
    private SuspendedRows() {}

    static List<Row> rows() {
        return Stream.of(refused(), refusedMemberships(), granted()).flatMap(List::stream).toList();
    }

    private static Row susan(String what) {
        return Row.of("C6", "a suspended user " + what).by("susan");
    }

    private static Row not(String what) {
        return susan(what).is(403, "M_USER_SUSPENDED");
    }

    private static List<Row> refused() {
        return List.of(
                not("sends").put("rooms/$room/send/m.room.message/susan", "{}"),
                not("sets state").put("rooms/$room/state/m.room.topic/", "{\"topic\":\"x\"}"),
                not("redacts what others said").put("rooms/$room/redact/$event/susan", "{}"),
                not("makes a room").post("createRoom", "{}"),
                not("upgrades a room").post("rooms/$room/upgrade", "{\"new_version\":\"11\"}"),
                not("changes their name")
                        .put("profile/$susan/displayname", "{\"displayname\":\"x\"}"),
                not("removes their name").delete("profile/$susan/displayname"));
    }

    private static List<Row> refusedMemberships() {
        String dave = "{\"user_id\":\"$dave\"}";
        String join = "{\"membership\":\"join\"}";
        return List.of(
                not("joins").post("join/$ranked", "{}"),
                not("joins by id").post("rooms/$ranked/join", "{}"),
                not("joins by their member event")
                        .put("rooms/$ranked/state/m.room.member/$susan", join),
                not("follows an invite").post("rooms/$offered/join", "{}"),
                not("follows an invite by their member event")
                        .put("rooms/$offered/state/m.room.member/$susan", join),
                not("changes their member event")
                        .put("rooms/$room/state/m.room.member/$susan", join),
                not("knocks").post("knock/$private", "{}"),
                not("invites").post("rooms/$room/invite", dave),
                not("kicks").post("rooms/$room/kick", dave),
                not("bans").post("rooms/$room/ban", dave));
    }

    private static List<Row> granted() {
        return List.of(
                Row.of("C6", "a suspended user may log in")
                        .post("login", AccountRows.password("susan"))
                        .isFine(),
                susan("may sync").get("sync").isFine(),
                susan("may read").get("rooms/$room/messages?dir=b").isFine(),
                susan("may read state").get("rooms/$room/state").isFine(),
                susan("may read an event").get("rooms/$room/event/$event").isFine(),
                susan("may read their profile").get("profile/$susan").isFine(),
                susan("may ask who they are").get("account/whoami").isFine(),
                susan("may say what they read")
                        .post("rooms/$room/receipt/m.read/$event", "{}")
                        .isFine(),
                susan("may redact what they said")
                        .put("rooms/$room/redact/$susans/susan2", "{}")
                        .isFine(),
                susan("may decline an invite").post("rooms/$offered/leave", "{}").isFine(),
                susan("may leave").post("rooms/$room/leave", "{}").isFine(),
                susan("may forget what they left").post("rooms/$room/forget", "{}").isFine());
    }
}
