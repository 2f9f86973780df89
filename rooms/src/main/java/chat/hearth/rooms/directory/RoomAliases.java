package chat.hearth.rooms.directory;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.Stores;
import java.time.InstantSource;
import java.util.List;

/// The aliases of this server. Safe for use by several threads.
///
/// See [Room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases).
public final class RoomAliases {
    /// A room may have this many local aliases. The specification sets no limit.
    public static final int PER_ROOM_MAX = 1_000;

    private final ServerName server;
    private final Stores stores;
    private final Journal journal;
    private final Rooms rooms;
    private final RoomReader reader;
    private final InstantSource clock;

    /// The aliases of `server`.
    public RoomAliases(
            ServerName server,
            Stores stores,
            Journal journal,
            Rooms rooms,
            RoomReader reader,
            InstantSource clock) {
        this.server = server;
        this.stores = stores;
        this.journal = journal;
        this.rooms = rooms;
        this.reader = reader;
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
                        .filter(found -> isJoined(found, user))
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
    /// and administrators of the server.
    ///
    /// @throws MatrixException 404 when there is no such alias, 403 when the user may not remove it
    public void remove(UserId user, RoomAlias alias, boolean admin) {
        StoredAlias stored = require(alias);
        if (!admin && stored.creator() != number(user) && !mayChange(stored.room(), user)) {
            throw MatrixException.forbidden("You may not remove this alias");
        }
        boolean removed = journal.write(tx -> stores.aliases().remove(tx, alias));
        if (!removed) {
            throw notFound(alias);
        }
    }

    /// The local aliases of a room, sorted.
    ///
    /// @throws MatrixException 403 when the user neither is in the room nor may read it
    public List<RoomAlias> ofRoom(UserId user, RoomId id) {
        int room = reader.open(id, user).room().number();
        return stores.aliases().ofRoom(room, PER_ROOM_MAX).stream()
                .map(StoredAlias::alias)
                .toList();
    }

    private StoredAlias require(RoomAlias alias) {
        return stores.aliases().find(alias).orElseThrow(() -> notFound(alias));
    }

    private boolean mayChange(int number, UserId user) {
        Room room = rooms.room(number);
        return isJoined(room, user)
                && room.state().powerLevels().levelOf(user)
                        >= room.state().powerLevels().required("m.room.canonical_alias", true);
    }

    private boolean isJoined(Room room, UserId user) {
        return room.state().members().isJoined(number(user));
    }

    private int number(UserId user) {
        return stores.identifiers().findUser(user).orElse(0);
    }

    private static MatrixException notFound(RoomAlias alias) {
        return MatrixException.notFound(alias + " names no room");
    }
}
