package chat.hearth.testkit.dag;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import java.util.List;

/// A large public room that has forked: on both sides the same members changed their profile, each
/// side has its own power levels, and each side's moderator banned someone whom the other side
/// still sees. The same arguments make the same room.
///
/// @param dag the room's events
/// @param forks the states after the two sides
public record LargeRoom(RoomDag dag, List<StateMap> forks) {
    private static final String CREATOR = "@creator:hearth.example";
    private static final String MODERATOR = "@moderator:hearth.example";

    /// Members changed by both sides follow the first two, who are banned by one side each.
    private static final int BANNED = 2;

    /// Makes the room.
    ///
    /// @param members how many have joined, besides creator and moderator
    /// @param conflicts how many of them the two sides disagree about; at most `members` - 2
    public static LargeRoom forked(RoomVersion version, int members, int conflicts) {
        RoomDag dag = RoomScript.room(version, CREATOR, levels(version, 0), "public");
        StateMap state = dag.after(StateMap.EMPTY, 1, 2, 3, 4);
        state = dag.after(state, join(dag, state, MODERATOR, MODERATOR));
        StateMap.Builder joined = StateMap.builder();
        StateMap before = state;
        state.forEach(joined::put);
        for (int i = 0; i < members; i++) {
            long join = join(dag, before, user(i), user(i));
            joined.put(dag.stateKey(join), join);
        }
        StateMap trunk = joined.build();
        return new LargeRoom(
                dag, List.of(side(dag, trunk, conflicts, 0), side(dag, trunk, conflicts, 1)));
    }

    private static StateMap side(RoomDag dag, StateMap trunk, int conflicts, int side) {
        StateMap state = trunk;
        long levels =
                dag.draft(CREATOR, "m.room.power_levels", "")
                        .content(levels(dag.version(), 1 + side))
                        .citing(state)
                        .add();
        state = dag.after(state, levels);
        long ban =
                dag.draft(MODERATOR, "m.room.member", user(side))
                        .content("membership", "ban")
                        .citing(state)
                        .add();
        state = dag.after(state, ban);
        for (int i = BANNED; i < conflicts; i++) {
            state = dag.after(state, join(dag, state, user(i), "Side " + side));
        }
        return state;
    }

    private static long join(RoomDag dag, StateMap state, String user, String name) {
        return dag.draft(user, "m.room.member", user)
                .content(
                        JsonObject.builder()
                                .put("membership", "join")
                                .put("displayname", name)
                                .build())
                .citing(state)
                .add();
    }

    // Creators have no entry where they outrank everyone anyway.
    private static JsonObject levels(RoomVersion version, int usersDefault) {
        JsonObject levels =
                version.rules().privilegedCreators()
                        ? RoomScript.levels(MODERATOR, 50)
                        : RoomScript.levels(CREATOR, 100, MODERATOR, 50);
        return JsonObject.builder().putAll(levels).put("users_default", usersDefault).build();
    }

    private static String user(int i) {
        return "@user" + i + ":hearth.example";
    }
}
