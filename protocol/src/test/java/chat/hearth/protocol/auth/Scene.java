package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A room as the tables start from it, and one event to be judged. Rows change the room, then name
/// the event. JSON is written with single quotes.
///
/// The room is on `a.org`: [#CREATOR] made it; [#ADMIN] (100), [#MOD] (50) and [#USER] (0) are in
/// it, [#REMOTE] (0) too, from `b.org`; the names of the others tell what they are.
final class Scene {
    static final String CREATOR = "@creator:a.org";
    static final String ADMIN = "@admin:a.org";
    static final String MOD = "@mod:a.org";
    static final String USER = "@user:a.org";
    static final String REMOTE = "@remote:b.org";
    static final String INVITED = "@invited:b.org";
    static final String KNOCKING = "@knocking:b.org";
    static final String LEFT = "@left:b.org";
    static final String BANNED = "@banned:b.org";
    static final String STRANGER = "@stranger:b.org";

    private static final String LEVELS =
            """
            {'users': {'@creator:a.org': 100, '@admin:a.org': 100, '@mod:a.org': 50},
            'events': {'m.room.power_levels': 50, 'm.room.name': 50, 'm.secret': 100},
            'notifications': {'room': 75}, 'invite': 50, 'state_default': 50, 'kick': 50,
            'ban': 60, 'redact': 70}""";

    final RoomVersion version;
    private final RoomVersionRules rules;
    private final RoomId room;
    private final Map<StateKey, Event> state = new LinkedHashMap<>();
    private final Set<EventId> rejected = new HashSet<>();
    private final Set<String> signers = new HashSet<>();
    private @Nullable Event acceptedCreate;
    private @Nullable List<Event> authEvents;
    private @Nullable TestEvent event;
    private int events;

    Scene(RoomVersion version) {
        this.version = version;
        this.rules = version.rules();
        this.room = new RoomId(rules.roomIdIsCreateHash() ? "!create" : "!room:a.org");
        create("{'creator': '@creator:a.org', 'room_version': '%s'}".formatted(version.id()));
        for (String user : List.of(CREATOR, ADMIN, MOD, USER, REMOTE)) {
            is(user, "join");
        }
        is(INVITED, "invite").is(LEFT, "leave").is(BANNED, "ban").is(KNOCKING, "knock");
        levels("");
        joinRule("invite");
        state("m.room.third_party_invite", "token", MOD, "{'public_key': 'key1'}");
    }

    /// Replaces the create event's content.
    Scene create(String content) {
        var create =
                new TestEvent(
                        new EventId(rules.roomIdIsCreateHash() ? "$create" : "$create:a.org"),
                        room,
                        "m.room.create",
                        Optional.of(""),
                        new UserId(CREATOR),
                        json(content),
                        List.of(),
                        Optional.empty());
        state.put(StateKey.of("m.room.create"), create);
        acceptedCreate = create;
        return this;
    }

    /// The server has no accepted create event for the room.
    Scene withoutCreate() {
        state.remove(StateKey.of("m.room.create"));
        acceptedCreate = null;
        return this;
    }

    Scene is(String user, String membership) {
        return state("m.room.member", user, user, "{'membership': '%s'}".formatted(membership));
    }

    Scene joinRule(String rule) {
        return state("m.room.join_rules", "", ADMIN, "{'join_rule': '%s'}".formatted(rule));
    }

    /// The usual power levels with `more` behind them; a property that is there already is
    /// replaced.
    Scene levels(String more) {
        return state("m.room.power_levels", "", ADMIN, usualLevels(more));
    }

    Scene withoutLevels() {
        state.remove(StateKey.of("m.room.power_levels"));
        return this;
    }

    Scene state(String type, String stateKey, String sender, String content) {
        state.put(
                new StateKey(type, stateKey),
                made(type, stateKey, sender, content, nextId("a.org"), List.of(nextId("a.org"))));
        return this;
    }

    Scene without(String type, String stateKey) {
        state.remove(new StateKey(type, stateKey));
        return this;
    }

    /// `who` signed the event, a server, or the third-party invite, a public key.
    Scene signedBy(String who) {
        signers.add(who);
        return this;
    }

    /// The content of the usual power levels, with `more` replacing or adding properties.
    String usualLevels(String more) {
        JsonObject usual =
                json(
                        rules.privilegedCreators()
                                ? LEVELS.replace("'@creator:a.org': 100, ", "")
                                : LEVELS);
        return JsonObject.builder().putAll(usual).putAll(json("{" + more + "}")).build().toString();
    }

    /// The content of the usual power levels without one property.
    String levelsWithout(String name) {
        return json(usualLevels("")).without(name).toString();
    }

    /// The event: a room is made, this one but for the content.
    Scene creates(String content) {
        event = ((TestEvent) find("m.room.create", "")).withContent(json(content));
        return this;
    }

    /// The event: `sender` sets new power levels, the usual ones with `more`.
    Scene sendsLevels(String sender, String more) {
        return sends("m.room.power_levels", "", sender, usualLevels(more));
    }

    /// The event: `sender` makes `target` a member of some kind; `more` is further content.
    Scene member(String sender, String target, String membership, String... more) {
        String further = more.length == 0 ? "" : ", " + more[0];
        return sends(
                "m.room.member",
                target,
                sender,
                "{'membership': '%s'%s}".formatted(membership, further));
    }

    /// The event: `user` joins; `more` is further content.
    Scene joins(String user, String... more) {
        return member(user, user, "join", more);
    }

    /// The event: `user` leaves; `more` is further content.
    Scene leaves(String user, String... more) {
        return member(user, user, "leave", more);
    }

    /// The event: `user` knocks; `more` is further content.
    Scene knocks(String user, String... more) {
        return member(user, user, "knock", more);
    }

    /// The event: `sender` invites `target`; `more` is further content.
    Scene invites(String sender, String target, String... more) {
        return member(sender, target, "invite", more);
    }

    /// The event: `sender` kicks or unbans `target`; `more` is further content.
    Scene putsOut(String sender, String target, String... more) {
        return member(sender, target, "leave", more);
    }

    /// The event: `sender` bans `target`; `more` is further content.
    Scene bans(String sender, String target, String... more) {
        return member(sender, target, "ban", more);
    }

    /// The event: a text message.
    Scene message(String sender) {
        return sends("m.room.message", null, sender, "{'body': 'hello'}");
    }

    /// The event.
    Scene sends(String type, @Nullable String stateKey, String sender, String content) {
        String domain = sender.substring(sender.indexOf(':') + 1);
        event = made(type, stateKey, sender, content, nextId(domain), List.of(nextId("a.org")));
        return this;
    }

    /// The event follows these.
    Scene after(String... previous) {
        event = event().after(List.of(previous).stream().map(EventId::new).toList());
        return this;
    }

    /// The event follows the create event alone.
    Scene afterCreate() {
        event = event().after(List.of(find("m.room.create", "").eventId()));
        return this;
    }

    /// The event is in another room.
    Scene inRoom(String other) {
        event = event().in(new RoomId(other));
        return this;
    }

    /// The event redacts this one.
    Scene redacting(String target) {
        event = event().redacting(new EventId(target));
        return this;
    }

    /// The event's id.
    Scene withId(String id) {
        event = event().withId(new EventId(id));
        return this;
    }

    /// One more auth event beside those that the selection names.
    Scene alsoAuthorisedBy(String type, @Nullable String stateKey, String content) {
        authorisedBy(made(type, stateKey, ADMIN, content, nextId("a.org"), List.of()));
        return this;
    }

    /// One more auth event, a copy from another room.
    Scene alsoAuthorisedFromElsewhere(String type, String stateKey) {
        Event original = find(type, stateKey);
        List<Event> all = new ArrayList<>(authEvents());
        all.remove(original);
        authEvents = all;
        authorisedBy(((TestEvent) original).in(new RoomId("!elsewhere:a.org")));
        return this;
    }

    /// This auth event is not among those of the event.
    Scene notAuthorisedBy(String type, String stateKey) {
        List<Event> all = new ArrayList<>(authEvents());
        all.removeIf(e -> e.isState(type, stateKey));
        authEvents = all;
        return this;
    }

    /// One more auth event, from the state.
    Scene alsoAuthorisedByState(String type, String stateKey) {
        authorisedBy(find(type, stateKey));
        return this;
    }

    /// The event in this place of the state was rejected.
    Scene rejected(String type, String stateKey) {
        rejected.add(find(type, stateKey).eventId());
        return this;
    }

    /// What the rules say: first about the list of auth events, then about the event.
    AuthResult judge() {
        TestEvent judged = event();
        if (!judged.type().equals("m.room.create")) {
            Optional<AuthResult.Rejected> fault =
                    new AuthEventsCheck(rules)
                            .check(
                                    judged,
                                    acceptedCreate,
                                    authEvents(),
                                    e -> rejected.contains(e.eventId()));
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return new AuthRules(rules, signatures()).check(judged, this::lookUp);
    }

    /// The state as the rules ask for it.
    AuthContext context() {
        return AuthContext.of(rules, Creation.of(rules, find("m.room.create", "")), this::lookUp);
    }

    RoomVersionRules rules() {
        return rules;
    }

    TestEvent event() {
        if (event == null) {
            throw new IllegalStateException("The row names no event");
        }
        return event;
    }

    @Nullable Event lookUp(String type, String stateKey) {
        return state.get(new StateKey(type, stateKey));
    }

    /// A check for which the signers of [#signedBy(String)] signed.
    SignatureCheck signatures() {
        return new SignatureCheck() {
            @Override
            public boolean isSignedBy(Event signed, ServerName server) {
                return signers.contains(server.value());
            }

            @Override
            public boolean isSignedWith(JsonObject signed, String publicKey) {
                return signers.contains(publicKey);
            }
        };
    }

    static JsonObject json(String text) {
        return JsonReader.readObject(text.replace('\'', '"'));
    }

    private Event find(String type, String stateKey) {
        Event found = lookUp(type, stateKey);
        if (found == null) {
            throw new IllegalStateException("No " + type + " " + stateKey);
        }
        return found;
    }

    private List<Event> authEvents() {
        if (authEvents != null) {
            return authEvents;
        }
        return AuthEventSelection.of(rules, event()).stream()
                .map(state::get)
                .filter(e -> e != null)
                .toList();
    }

    private void authorisedBy(Event auth) {
        List<Event> all = new ArrayList<>(authEvents());
        all.add(auth);
        authEvents = all;
    }

    private EventId nextId(String domain) {
        events++;
        return new EventId("$event" + events + ":" + domain);
    }

    private TestEvent made(
            String type,
            @Nullable String stateKey,
            String sender,
            String content,
            EventId id,
            List<EventId> previous) {
        return new TestEvent(
                id,
                room,
                type,
                Optional.ofNullable(stateKey),
                new UserId(sender),
                json(content),
                previous,
                Optional.empty());
    }
}
