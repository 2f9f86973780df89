package chat.hearth.rooms.directory;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.List;

/// The aliases of this server. Safe for use by several threads.
///
/// See [Room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases).
public final class RoomAliases {
    /// A room may have this many local aliases. The specification sets no limit.
    public static final int PER_ROOM_MAX = 1_000;

    /// So often the room's aliases are read anew because somebody else changed the room meanwhile.
    private static final int ATTEMPTS_MAX = 3;

    private final ServerName server;
    private final Stores stores;
    private final Journal journal;
    private final Rooms rooms;
    private final EventPipeline pipeline;
    private final RoomReader reader;
    private final StateReader states;
    private final InstantSource clock;

    /// The aliases of `server`.
    public RoomAliases(
            ServerName server,
            Stores stores,
            Journal journal,
            Rooms rooms,
            EventPipeline pipeline,
            RoomReader reader,
            StateReader states,
            InstantSource clock) {
        this.server = server;
        this.stores = stores;
        this.journal = journal;
        this.rooms = rooms;
        this.pipeline = pipeline;
        this.reader = reader;
        this.states = states;
        this.clock = clock;
    }

    /// The room that an alias names.
    ///
    /// @throws MatrixException 404 when it names none
    public RoomId resolve(RoomAlias alias) {
        return stores.identifiers().room(require(alias).room());
    }

    /// Gives a room one more alias.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for an alias of another server, 403 when the
    ///   user is not in the room, 409 `M_UNKNOWN` when the alias is taken
    public void add(UserId user, RoomAlias alias, RoomId id) {
        if (!alias.isOn(server)) {
            throw MatrixException.invalidParam("The alias must end in :" + server.value());
        }
        Room room =
                rooms.find(id)
                        .filter(found -> found.state().members().isJoined(number(user)))
                        .orElseThrow(() -> MatrixException.forbidden("You are not in the room"));
        if (stores.aliases().ofRoom(room.number(), PER_ROOM_MAX).size() == PER_ROOM_MAX) {
            throw MatrixException.forbidden("The room has too many aliases");
        }
        int creator = number(user);
        var added = new StoredAlias(alias, room.number(), creator, clock.millis());
        boolean free = journal.write(tx -> stores.aliases().add(tx, added));
        if (!free) {
            throw new MatrixException(ErrCode.M_UNKNOWN, 409, alias + " is taken");
        }
    }

    /// Takes an alias away. Whoever made it may, those who may change the room's canonical alias,
    /// and administrators of the server. Where the room names it as its own and the user may change
    /// that, it does so no longer, in the same write.
    ///
    /// @throws MatrixException 404 when there is no such alias, 403 when the user may not remove it
    public void remove(UserId user, RoomAlias alias, boolean admin) {
        StoredAlias stored = require(alias);
        if (!admin && stored.creator() != number(user) && !mayChange(stored.room(), user)) {
            throw MatrixException.forbidden("You may not remove this alias");
        }
        Room room = rooms.room(stored.room());
        if (!removeNamed(user, stored, room)) {
            journal.write(tx -> removed(tx, stored));
        }
    }

    /// Removes an alias together with its mention in the room.
    ///
    /// @return whether that was possible
    private boolean removeNamed(UserId user, StoredAlias alias, Room room) {
        for (int i = 0; i < ATTEMPTS_MAX; i++) {
            RoomState state = room.state();
            JsonObject named = canonical(state);
            JsonObject left = without(named, alias.alias().value());
            if (left.equals(named) || !mayChange(room.number(), user)) {
                return false;
            }
            boolean sent =
                    pipeline.sendIf(
                                    room.id(),
                                    EventDraft.state(user, EventTypes.CANONICAL_ALIAS, "", left),
                                    now -> now.version() == state.version(),
                                    (tx, _) -> removed(tx, alias))
                            .isPresent();
            if (sent) {
                return true;
            }
        }
        return false;
    }

    private JsonObject canonical(RoomState state) {
        return states.at(state.version(), StateKey.of(EventTypes.CANONICAL_ALIAS))
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .orElse(JsonObject.EMPTY);
    }

    private static JsonObject without(JsonObject canonical, String alias) {
        JsonObject left = canonical;
        if (left.string("alias").filter(alias::equals).isPresent()) {
            left = left.without("alias");
        }
        List<String> others =
                left.array("alt_aliases").flatMap(JsonArray::strings).orElse(List.of());
        return others.contains(alias)
                ? left.with(
                        "alt_aliases",
                        JsonArray.ofStrings(
                                others.stream().filter(other -> !other.equals(alias)).toList()))
                : left;
    }

    /// Removes what the user was seen to be allowed to, and not what somebody has made of it since.
    private boolean removed(WriteTransaction tx, StoredAlias alias) {
        if (!stores.aliases().remove(tx, alias)) {
            throw notFound(alias.alias());
        }
        return true;
    }

    /// The local aliases of a room, sorted.
    ///
    /// @throws MatrixException 403 when the user is not in the room and the world may not read it
    public List<RoomAlias> ofRoom(UserId user, RoomId id) {
        int room = reader.openNow(id, user).room().number();
        return stores.aliases().ofRoom(room, PER_ROOM_MAX).stream()
                .map(StoredAlias::alias)
                .toList();
    }

    private StoredAlias require(RoomAlias alias) {
        return stores.aliases().find(alias).orElseThrow(() -> notFound(alias));
    }

    private boolean mayChange(int room, UserId user) {
        RoomState state = rooms.room(room).state();
        return state.maySetState(user, number(user), EventTypes.CANONICAL_ALIAS);
    }

    private int number(UserId user) {
        return stores.identifiers().findUser(user).orElse(0);
    }

    private static MatrixException notFound(RoomAlias alias) {
        return MatrixException.notFound(alias + " names no room");
    }
}
