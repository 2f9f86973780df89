package chat.hearth.homeserver.client.room;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.content.CheckedSends;
import chat.hearth.rooms.directory.PublicRooms;
import chat.hearth.rooms.directory.RoomAliases;
import chat.hearth.rooms.history.RoomHistory;
import chat.hearth.rooms.history.RoomMembers;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The endpoints about rooms.
public final class RoomApi implements Api {
    private final List<Route> routes;

    /// The endpoints over the rooms of `engine`.
    public RoomApi(
            ServerName server,
            RoomEngine engine,
            Stores stores,
            Journal journal,
            RoomLimits limits,
            InstantSource clock) {
        var states = new StateReader(stores, engine.cache());
        var reader = new RoomReader(engine.rooms(), stores, engine.gate(), states);
        var history = new RoomHistory(stores, states);
        var members = new RoomMembers(engine.cache(), states);
        var aliases = new RoomAliases(server, stores, journal, engine.rooms(), reader, clock);
        var publicRooms = new PublicRooms(stores, journal, engine.rooms(), states);
        var sends =
                new CheckedSends(engine.pipeline(), engine.rooms(), stores, engine.cache(), server);
        var addresses = new RoomAddresses(aliases);
        this.routes =
                Stream.of(
                                new CreateRoomEndpoint(
                                                server,
                                                engine.creation(),
                                                engine.profiles(),
                                                limits.join())
                                        .routes(),
                                new JoiningEndpoint(engine.memberships(), addresses, limits.join())
                                        .routes(),
                                new KnockingEndpoint(engine.memberships(), addresses, limits.join())
                                        .routes(),
                                new InvitingEndpoint(engine.memberships(), limits.invite())
                                        .routes(),
                                new LeavingEndpoint(engine.memberships(), limits.other()).routes(),
                                new KickingEndpoint(engine.memberships(), limits.other()).routes(),
                                new BanningEndpoint(engine.memberships(), limits.other()).routes(),
                                new ListJoinedRoomsEndpoint(stores, limits.other()).routes(),
                                new RoomSendEndpoint(sends, limits.send()).routes(),
                                new RedactionEndpoint(sends, stores, limits.send()).routes(),
                                new RoomStateEndpoint(sends, limits.send()).routes(),
                                new RoomsEndpoint(
                                                reader,
                                                states,
                                                members,
                                                engine.renderer(),
                                                limits.other())
                                        .routes(),
                                new MessagePaginationEndpoint(
                                                reader,
                                                history,
                                                engine.renderer(),
                                                stores,
                                                limits.other())
                                        .routes(),
                                new EventContextEndpoint(
                                                reader, history, engine.renderer(), limits.other())
                                        .routes(),
                                new DirectoryEndpoint(server, aliases, limits.other()).routes(),
                                new ListPublicRoomsEndpoint(server, publicRooms, limits.other())
                                        .routes())
                        .flatMap(List::stream)
                        .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
