package chat.hearth.rooms.create;

import chat.hearth.protocol.auth.Creators;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.accountdata.SettingsTransfer;
import chat.hearth.rooms.create.NewRoom.InitialState;
import chat.hearth.rooms.event.Closing;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.profile.MemberProfiles;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.WriteTransaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Replaces rooms by rooms of another version. The new room, its first bans, the aliases, the place
/// in the directory, the settings of who upgrades and the tombstone that closes the old room are
/// one transaction; further bans follow, see [BanTransfer]. Safe for use by several threads.
///
/// See [Room upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades).
public final class RoomUpgrade {
    /// How often an upgrade begins anew because the room has changed meanwhile.
    private static final int ATTEMPTS_MAX = 3;

    private static final int ALIASES_MAX = 1_000;
    private static final int CLOSINGS_MAX = 100;
    private static final String SPACE_CHILD = "m.space.child";

    /// What a room without the event behaves like; the new room's preset would say otherwise.
    private static final Map<String, JsonObject> DEFAULTS =
            Map.of(
                    EventTypes.JOIN_RULES, JsonObject.of("join_rule", "invite"),
                    EventTypes.HISTORY_VISIBILITY, JsonObject.of("history_visibility", "shared"),
                    EventTypes.GUEST_ACCESS, JsonObject.of("guest_access", "forbidden"));

    private static final List<String> TRANSFERRED =
            List.of(
                    EventTypes.JOIN_RULES,
                    EventTypes.HISTORY_VISIBILITY,
                    EventTypes.GUEST_ACCESS,
                    EventTypes.NAME,
                    EventTypes.TOPIC,
                    EventTypes.AVATAR,
                    EventTypes.ENCRYPTION,
                    EventTypes.SERVER_ACL);

    private final Rooms rooms;
    private final Stores stores;
    private final RoomCreation creation;
    private final MemberProfiles profiles;
    private final StateReader states;
    private final SettingsTransfer settings;
    private final BanTransfer bans;

    /// Upgrades the rooms of one server.
    public RoomUpgrade(
            Rooms rooms,
            Stores stores,
            RoomCreation creation,
            MemberProfiles profiles,
            StateReader states,
            SettingsTransfer settings,
            BanTransfer bans) {
        this.rooms = rooms;
        this.stores = stores;
        this.creation = creation;
        this.profiles = profiles;
        this.states = states;
        this.settings = settings;
        this.bans = bans;
    }

    /// Replaces a room and answers the new one's id.
    ///
    /// @param additionalCreators the ids of users who count as creators too, of any server, where
    ///   the version knows that
    /// @throws MatrixException 403 when the user may not close the room with a tombstone, or not
    ///   take its many bans along, 400 for additional creators that are no user ids, 429 while the
    ///   room's own bans are on their way
    public RoomId upgrade(
            UserId user, RoomId id, RoomVersion version, JsonArray additionalCreators) {
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Room old =
                    rooms.find(id)
                            .orElseThrow(
                                    () -> MatrixException.forbidden("You are not in the room"));
            RoomState state = old.state();
            requireMayClose(state, user);
            Optional<RoomId> successor =
                    successor(id, state, user, version)
                            .or(() -> make(old, state, user, version, additionalCreators));
            if (successor.isPresent()) {
                bans.expect();
                return successor.get();
            }
        }
        throw new MatrixException(
                ErrCode.M_UNKNOWN, 503, "The room changes too fast to be upgraded, try again");
    }

    /// The room that the same user has already made of this one, as when an answer was lost and the
    /// request came again.
    private Optional<RoomId> successor(
            RoomId id, RoomState state, UserId user, RoomVersion version) {
        int number = stores.identifiers().findUser(user).orElse(0);
        return states.at(state.version(), StateKey.of(EventTypes.TOMBSTONE))
                .filter(tombstone -> tombstone.sender() == number)
                .flatMap(tombstone -> content(tombstone).string("replacement_room"))
                .flatMap(RoomId::parse)
                .flatMap(rooms::find)
                .filter(made -> made.version() == version && replaces(made, id))
                .map(Room::id);
    }

    private boolean replaces(Room made, RoomId id) {
        return content(made.state(), EventTypes.CREATE)
                .flatMap(content -> content.object("predecessor"))
                .flatMap(predecessor -> predecessor.string("room_id"))
                .filter(id.value()::equals)
                .isPresent();
    }

    /// Makes the new room of what the old one is, unless that changes meanwhile.
    private Optional<RoomId> make(
            Room old,
            RoomState state,
            UserId user,
            RoomVersion version,
            JsonArray additionalCreators) {
        bans.requireArrived(old);
        Set<String> creators = creators(user, version, additionalCreators);
        UpgradedLevels levels = levels(old, state, user, creators);
        if (BanTransfer.count(state) > BanTransfer.BATCH && !levels.letBan(user, creators)) {
            throw MatrixException.forbidden("You have not enough power to take the bans along");
        }
        NewRoom wanted = replacement(old, state, user, version, additionalCreators, levels);
        return creation.replace(
                old.id(),
                now -> now.version() == state.version(),
                wanted,
                furtherEvents(state, user, creators, levels),
                (tx, room) -> {
                    move(tx, old, room);
                    takeAlong(tx, user, old, room);
                    bans.noteOthers(tx, state, user, old.number(), room);
                },
                made -> closing(state, user, made));
    }

    private void requireMayClose(RoomState state, UserId user) {
        int number = stores.identifiers().findUser(user).orElse(0);
        if (!state.members().isJoined(number)) {
            throw MatrixException.forbidden("You are not in the room");
        }
        long required = state.powerLevels().required(EventTypes.TOMBSTONE, true);
        if (state.powerLevels().levelOf(user) < required) {
            throw MatrixException.forbidden("You need power level " + required + " to upgrade");
        }
    }

    /// Who outranks everyone in the new room.
    private static Set<String> creators(
            UserId user, RoomVersion version, JsonArray additionalCreators) {
        Set<String> creators = new LinkedHashSet<>();
        if (version.rules().privilegedCreators()) {
            creators.add(user.value());
            creators.addAll(additionalCreators.strings().orElse(List.of()));
        }
        return creators;
    }

    private UpgradedLevels levels(Room old, RoomState state, UserId user, Set<String> creators) {
        Creators before = state.creation().creators();
        Set<String> outranking = new LinkedHashSet<>();
        if (before.privileged()) {
            outranking.addAll(before.users());
        }
        JsonObject content = opened(old, state);
        return UpgradedLevels.of(content, user, outranking, creators);
    }

    private NewRoom replacement(
            Room old,
            RoomState state,
            UserId user,
            RoomVersion version,
            JsonArray additionalCreators,
            UpgradedLevels levels) {
        return new NewRoom(
                user,
                profiles.of(user),
                version,
                Preset.PRIVATE_CHAT,
                creationContent(old, state, version, additionalCreators),
                levels.initial(),
                transferred(state),
                null,
                null,
                null,
                Map.of(),
                false,
                stores.rooms().find(old.number()).filter(StoredRoom::listed).isPresent());
    }

    private JsonObject creationContent(
            Room old, RoomState state, RoomVersion version, JsonArray additionalCreators) {
        var predecessor = JsonObject.builder().put("room_id", old.id().value());
        if (!version.rules().roomIdIsCreateHash()) {
            stores.events().timeline(TimelineQuery.latest(old.number(), 1)).stream()
                    .findFirst()
                    .ifPresent(last -> predecessor.put("event_id", last.eventId().value()));
        }
        var content = JsonObject.builder().put("predecessor", predecessor.build());
        JsonObject before = content(state, EventTypes.CREATE).orElse(JsonObject.EMPTY);
        content.putIfPresent("type", before.value("type"));
        content.putIfPresent("m.federate", before.value("m.federate"));
        if (version.rules().privilegedCreators() && additionalCreators.size() > 0) {
            content.put("additional_creators", additionalCreators);
        }
        return content.build();
    }

    private List<InitialState> transferred(RoomState state) {
        var transferred = new ArrayList<InitialState>();
        for (String type : TRANSFERRED) {
            content(state, type)
                    .or(() -> Optional.ofNullable(DEFAULTS.get(type)))
                    .ifPresent(content -> transferred.add(new InitialState(type, "", content)));
        }
        if (isSpace(state)) {
            for (StoredEvent child : states.ofType(state.version(), SPACE_CHILD)) {
                JsonObject content = content(child);
                if (!content.isEmpty() && transferred.size() < NewRoomChecks.INITIAL_STATE_MAX) {
                    String key = stores.identifiers().stateKey(child.stateKey()).stateKey();
                    transferred.add(new InitialState(SPACE_CHILD, key, content));
                }
            }
        }
        return transferred;
    }

    private boolean isSpace(RoomState state) {
        return content(state, EventTypes.CREATE)
                .flatMap(content -> content.string("type"))
                .filter("m.space"::equals)
                .isPresent();
    }

    /// Bans go along, but of those who become creators: nobody could ban them.
    private List<EventDraft> furtherEvents(
            RoomState state, UserId user, Set<String> creators, UpgradedLevels levels) {
        var drafts = new ArrayList<EventDraft>();
        content(state, EventTypes.CANONICAL_ALIAS)
                .filter(content -> !content.isEmpty())
                .ifPresent(
                        content ->
                                drafts.add(
                                        EventDraft.state(
                                                user, EventTypes.CANONICAL_ALIAS, "", content)));
        bans.first(state, user).stream()
                .filter(ban -> !creators.contains(ban.stateKey()))
                .forEach(drafts::add);
        if (levels.differ()) {
            drafts.add(EventDraft.state(user, EventTypes.POWER_LEVELS, "", levels.lasting()));
        }
        return drafts;
    }

    /// Lets the aliases and the directory point to the new room.
    private void move(WriteTransaction tx, Room old, int room) {
        for (StoredAlias alias : stores.aliases().ofRoom(old.number(), ALIASES_MAX)) {
            stores.aliases().remove(tx, alias);
            stores.aliases()
                    .add(
                            tx,
                            new StoredAlias(
                                    alias.alias(), room, alias.creator(), alias.createdTs()));
        }
        stores.rooms().list(tx, old.number(), false);
    }

    /// Who upgrades is in the new room from the beginning, and joins it no more.
    private void takeAlong(WriteTransaction tx, UserId user, Room old, int room) {
        settings.transfer(tx, user, old, room, stores.identifiers().room(room));
    }

    /// Who may close a room need not have the power for the rest, and the room is closed without
    /// it.
    private Closing closing(RoomState state, UserId user, RoomId made) {
        JsonObject tombstone =
                JsonObject.builder()
                        .put("body", "This room has been replaced")
                        .put("replacement_room", made.value())
                        .build();
        var further = new ArrayList<EventDraft>();
        content(state, EventTypes.CANONICAL_ALIAS)
                .filter(content -> !content.isEmpty())
                .ifPresent(
                        _ ->
                                further.add(
                                        EventDraft.state(
                                                user,
                                                EventTypes.CANONICAL_ALIAS,
                                                "",
                                                JsonObject.EMPTY)));
        content(state, EventTypes.POWER_LEVELS)
                .ifPresent(
                        levels ->
                                further.add(
                                        EventDraft.state(
                                                user,
                                                EventTypes.POWER_LEVELS,
                                                "",
                                                ClosedLevels.of(state.powerLevels(), levels))));
        return new Closing(EventDraft.state(user, EventTypes.TOMBSTONE, "", tombstone), further);
    }

    /// The levels of the room, without what closed it when it was replaced before.
    private JsonObject opened(Room old, RoomState state) {
        JsonObject now = content(state, EventTypes.POWER_LEVELS).orElse(JsonObject.EMPTY);
        return firstTombstone(state)
                .flatMap(
                        first ->
                                states.at(
                                        first.stateBefore(), StateKey.of(EventTypes.POWER_LEVELS)))
                .map(RoomUpgrade::content)
                .map(
                        content ->
                                ClosedLevels.opened(
                                        now,
                                        PowerLevels.of(
                                                old.version().rules(),
                                                state.creation().creators(),
                                                content),
                                        content))
                .orElse(now);
    }

    private Optional<StoredEvent> firstTombstone(RoomState state) {
        Optional<StoredEvent> first = states.at(state.version(), StateKey.of(EventTypes.TOMBSTONE));
        for (int i = 0; i < CLOSINGS_MAX && first.isPresent(); i++) {
            long replaced = first.get().replaces();
            if (replaced == 0) {
                break;
            }
            first = stores.events().byPosition(replaced);
        }
        return first;
    }

    private Optional<JsonObject> content(RoomState state, String type) {
        return states.at(state.version(), StateKey.of(type)).map(RoomUpgrade::content);
    }

    private static JsonObject content(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()));
    }
}
