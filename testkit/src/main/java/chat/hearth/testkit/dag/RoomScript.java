package chat.hearth.testkit.dag;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;

/// The events that rooms are made of, in the words of their senders.
public final class RoomScript {
    private RoomScript() {}

    /// A room that its creator has just made: create event, the creator's join, power levels and
    /// join rules are the events 1 to 4.
    ///
    /// @param powerLevels the content of `m.room.power_levels`
    /// @param joinRule the join rule
    public static RoomDag room(
            RoomVersion version, String creator, JsonObject powerLevels, String joinRule) {
        return room(version, creator, JsonObject.EMPTY, powerLevels, joinRule);
    }

    /// A room that its creator has just made, with more in its create event.
    ///
    /// @param creation what the create event's content holds besides what it must
    public static RoomDag room(
            RoomVersion version,
            String creator,
            JsonObject creation,
            JsonObject powerLevels,
            String joinRule) {
        var dag = new RoomDag(version);
        RoomVersionRules rules = version.rules();
        JsonObject.Builder content =
                JsonObject.builder().putAll(creation).put("room_version", version.id());
        if (!rules.implicitCreator()) {
            content.put("creator", creator);
        }
        dag.draft(creator, "m.room.create", "").content(content.build()).add();
        long[] create = rules.roomIdIsCreateHash() ? new long[0] : new long[] {1};
        dag.draft(creator, "m.room.member", creator)
                .content("membership", "join")
                .citing(create)
                .add();
        long[] joined = rules.roomIdIsCreateHash() ? new long[] {2} : new long[] {1, 2};
        dag.draft(creator, "m.room.power_levels", "").content(powerLevels).citing(joined).add();
        long[] empowered = rules.roomIdIsCreateHash() ? new long[] {3, 2} : new long[] {1, 3, 2};
        dag.draft(creator, "m.room.join_rules", "")
                .content("join_rule", joinRule)
                .citing(empowered)
                .add();
        return dag;
    }

    /// The content of power levels that give levels to users: names and levels by turns.
    public static JsonObject levels(Object... usersAndLevels) {
        JsonObject.Builder users = JsonObject.builder();
        for (int i = 0; i < usersAndLevels.length; i += 2) {
            users.put((String) usersAndLevels[i], (int) usersAndLevels[i + 1]);
        }
        return JsonObject.builder().put("users", users.build()).build();
    }
}
