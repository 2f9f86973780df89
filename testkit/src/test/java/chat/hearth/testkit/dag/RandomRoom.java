package chat.hearth.testkit.dag;

import chat.hearth.protocol.auth.AuthResult;
import chat.hearth.protocol.auth.AuthRule;
import chat.hearth.protocol.auth.AuthRules;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A room whose users act at random, on states that fork, are merged key by key without regard to
/// any rule, and go back to older events here and there, as states do that came from servers which
/// know only a part.
final class RandomRoom {
    private static final List<String> USERS =
            List.of("@alice:a.example", "@bob:a.example", "@carol:b.example", "@dave:b.example");

    private static final List<String> TOKENS = List.of("token-1", "token-2");

    private static final List<Integer> LEVELS = List.of(0, 25, 50, 50, 75, 100, 100);

    private final Random random;
    private final RoomDag dag;
    private final AuthRules rules;
    private final List<StateMap> states = new ArrayList<>();
    private final Set<String> creators;
    private final Set<AuthRule> allowedBy = EnumSet.noneOf(AuthRule.class);

    RandomRoom(long seed, RoomVersion version, AuthRules rules) {
        this.random = new Random(seed);
        this.rules = rules;
        boolean privileged = version.rules().privilegedCreators();
        boolean several = privileged && random.nextBoolean();
        this.creators =
                Set.copyOf(several ? List.of(USERS.get(0), USERS.get(2)) : USERS.subList(0, 1));
        JsonObject creation =
                several
                        ? JsonObject.builder()
                                .put(
                                        "additional_creators",
                                        new JsonArray(List.of(new JsonString(USERS.get(2)))))
                                .build()
                        : JsonObject.EMPTY;
        JsonObject levels =
                privileged
                        ? RoomScript.levels(USERS.get(1), 50)
                        : RoomScript.levels(USERS.get(0), 100, USERS.get(1), 50);
        this.dag = RoomScript.room(version, USERS.getFirst(), creation, levels, "public");
        states.add(dag.after(StateMap.EMPTY, 1, 2, 3, 4));
        for (int steps = 10 + random.nextInt(25); steps > 0; steps--) {
            step();
        }
    }

    RoomDag dag() {
        return dag;
    }

    /// The rules that let the events in which are not rejected.
    Set<AuthRule> allowedBy() {
        return allowedBy;
    }

    /// Two to four states to be merged.
    List<StateMap> forks() {
        var forks = new ArrayList<StateMap>();
        for (int count = 2 + random.nextInt(3); count > 0; count--) {
            forks.add(distorted(recentState()));
        }
        return forks;
    }

    private void step() {
        StateMap before = recentState();
        if (random.nextInt(8) == 0) {
            before = mixed(before, recentState());
        }
        if (random.nextInt(4) == 0) {
            before = distorted(before);
        }
        EventDraft draft = draft();
        draft.citing(random.nextInt(10) == 0 ? recentState() : before);
        draft.at(dag.size() + random.nextInt(8)).depth(dag.size() + random.nextInt(5));
        Event event = draft.build();
        StateMap state = before;
        AuthResult result = rules.check(event, (type, stateKey) -> at(state, type, stateKey));
        boolean allowed = result.isAllowed();
        if (result instanceof AuthResult.Allowed(AuthRule by)) {
            allowedBy.add(by);
        }
        if (!allowed && random.nextInt(5) != 0) {
            return;
        }
        long number = dag.add(event);
        if (!allowed && random.nextBoolean()) {
            dag.reject(number);
        }
        states.add(dag.after(state, number));
    }

    private EventDraft draft() {
        String sender = user();
        return switch (random.nextInt(14)) {
            case 0, 1 -> dag.draft(sender, "m.room.power_levels", authKey()).content(levels());
            case 2, 3 ->
                    dag.draft(sender, "m.room.join_rules", authKey())
                            .content("join_rule", joinRule());
            case 4, 5 -> member(sender, user(), one("ban", "leave", "leave", "invite"));
            case 6 -> member(sender, sender, "leave");
            case 7, 8 -> member(sender, sender, "join");
            case 9 -> member(sender, sender, "join").content(joinThrough(user()));
            case 10 -> member(sender, sender, "knock");
            case 11 ->
                    dag.draft(sender, "m.room.third_party_invite", one(TOKENS))
                            .content("public_key", "key");
            case 12 -> thirdPartyInvite(sender, user());
            case 13 -> dag.draft(sender, "m.room.name", "").content("name", "" + dag.size());
            default -> dag.draft(sender, "m.room.topic", "").content("topic", "" + dag.size());
        };
    }

    // Now and then one under which power levels and join rules have no effect.
    private String authKey() {
        return random.nextInt(8) == 0 ? "other" : "";
    }

    private String joinRule() {
        return one(
                List.of("public", "public", "invite", "knock", "restricted", "knock_restricted"));
    }

    /// What a join into a restricted room says: who lets them in.
    private static JsonObject joinThrough(String authoriser) {
        return JsonObject.builder()
                .put("membership", "join")
                .put("join_authorised_via_users_server", authoriser)
                .build();
    }

    /// An invite that answers one of the invites by a third party.
    private EventDraft thirdPartyInvite(String sender, String target) {
        JsonObject signed =
                JsonObject.builder()
                        .put("mxid", target)
                        .put("token", one(TOKENS))
                        .put("signatures", JsonObject.EMPTY)
                        .build();
        JsonObject content =
                JsonObject.builder()
                        .put("membership", "invite")
                        .put(
                                "third_party_invite",
                                JsonObject.builder().put("signed", signed).build())
                        .build();
        return dag.draft(sender, "m.room.member", target).content(content);
    }

    private EventDraft member(String sender, String target, String membership) {
        return dag.draft(sender, "m.room.member", target).content("membership", membership);
    }

    private JsonObject levels() {
        JsonObject.Builder users = JsonObject.builder();
        for (String user : USERS) {
            boolean creator = creators.contains(user);
            if (!(creator && dag.version().rules().privilegedCreators()) && random.nextInt(4) > 0) {
                users.put(user, creator ? 100 : LEVELS.get(random.nextInt(LEVELS.size())));
            }
        }
        JsonObject.Builder content = JsonObject.builder().put("users", users.build());
        if (random.nextInt(4) == 0) {
            content.put("users_default", LEVELS.get(random.nextInt(LEVELS.size())));
        }
        return content.build();
    }

    private StateMap recentState() {
        int back = Math.min(random.nextInt(states.size()), random.nextInt(states.size()));
        return states.get(states.size() - 1 - back);
    }

    private StateMap mixed(StateMap a, StateMap b) {
        var mixed = new StateMap[] {a};
        a.diff(
                b,
                (stateKey, mine, theirs) -> {
                    if (theirs != StateMap.NONE && random.nextBoolean()) {
                        mixed[0] = mixed[0].with(stateKey, theirs);
                    }
                });
        return mixed[0];
    }

    // Puts one key back to any event that ever held it, or takes it away.
    private StateMap distorted(StateMap state) {
        long event = 1L + random.nextInt(dag.size());
        return switch (random.nextInt(4)) {
            case 0, 1 -> state.with(dag.stateKey(event), event);
            case 2 -> event == 1 ? state : state.without(dag.stateKey(event));
            default -> state;
        };
    }

    private @Nullable Event at(StateMap state, String type, String stateKey) {
        int key = dag.stateKey(type, stateKey);
        long event = key == RoomDag.UNKNOWN_KEY ? StateMap.NONE : state.eventAt(key);
        return event == StateMap.NONE ? null : dag.event(event);
    }

    private String user() {
        return USERS.get(random.nextInt(USERS.size()));
    }

    private String one(String... choices) {
        return one(List.of(choices));
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
