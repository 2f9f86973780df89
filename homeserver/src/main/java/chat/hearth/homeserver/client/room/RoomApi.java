package chat.hearth.homeserver.client.room;

import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.content.CheckedSends;
import chat.hearth.rooms.create.RoomUpgrade;
import chat.hearth.rooms.directory.PublicRooms;
import chat.hearth.rooms.directory.RoomAliases;
import chat.hearth.rooms.history.EventPieces;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.RoomHistory;
import chat.hearth.rooms.history.RoomMembers;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.history.TimeSearch;
import chat.hearth.rooms.membership.RoomMemberships;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The endpoints about rooms.
public final class RoomApi implements Api {
    private final ServerName server;
    private final RoomEngine engine;
    private final Stores stores;
    private final RoomLimits limits;
    private final RoomVersion defaultVersion;
    private final StateReader states;
    private final RoomReader reader;
    private final RoomAliases aliases;
    private final PublicRooms publicRooms;

    /// The endpoints over the rooms of `engine`.
    ///
    /// @param defaultVersion the version of new rooms for which the client asks for none
    public RoomApi(
            ServerName server,
            RoomEngine engine,
            Stores stores,
            Journal journal,
            RoomLimits limits,
            RoomVersion defaultVersion,
            InstantSource clock) {
        this.server = server;
        this.engine = engine;
        this.stores = stores;
        this.limits = limits;
        this.defaultVersion = defaultVersion;
        this.states = engine.states();
        this.reader = new RoomReader(engine.rooms(), stores, engine.gate(), states);
        this.publicRooms = new PublicRooms(stores, journal, engine.rooms());
        this.aliases =
                new RoomAliases(
                        server,
                        stores,
                        journal,
                        engine.rooms(),
                        engine.pipeline(),
                        reader,
                        states,
                        clock);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(making(), memberships(), sending(), reading(), finding())
                .flatMap(Function.identity())
                .flatMap(List::stream)
                .toList();
    }

    private Stream<List<Route>> making() {
        var upgrade =
                new RoomUpgrade(
                        engine.rooms(),
                        stores,
                        engine.creation(),
                        engine.profiles(),
                        states,
                        engine.settings(),
                        engine.bans());
        return Stream.of(
                new CreateRoomEndpoint(
                                server,
                                engine.creation(),
                                engine.profiles(),
                                defaultVersion,
                                limits)
                        .routes(),
                limits.budget()
                        .everything(new RoomUpgradesEndpoint(upgrade, limits.join()).routes()));
    }

    private Stream<List<Route>> memberships() {
        RoomMemberships memberships = engine.memberships();
        var addresses = new RoomAddresses(aliases);
        return Stream.of(
                limits.budget()
                        .events(
                                new JoiningEndpoint(memberships, sends(), addresses, limits.join())
                                        .routes()),
                limits.budget()
                        .events(
                                new KnockingEndpoint(memberships, addresses, limits.join())
                                        .routes()),
                limits.budget().events(new InvitingEndpoint(memberships, limits.invite()).routes()),
                limits.budget().events(new LeavingEndpoint(memberships, limits.other()).routes()),
                limits.budget().events(new KickingEndpoint(memberships, limits.other()).routes()),
                limits.budget().events(new BanningEndpoint(memberships, limits.other()).routes()),
                new ListJoinedRoomsEndpoint(stores, limits.other()).routes());
    }

    private CheckedSends sends() {
        return new CheckedSends(
                engine.pipeline(),
                engine.rooms(),
                stores,
                engine.cache(),
                engine.joins(),
                engine.guests(),
                engine.settings(),
                engine.typing(),
                server);
    }

    private Stream<List<Route>> sending() {
        CheckedSends sends = sends();
        return Stream.of(
                new RoomSendEndpoint(sends, limits.budget()).routes(),
                new RedactionEndpoint(sends, stores, limits.budget()).routes(),
                limits.budget()
                        .events(
                                new RoomStateEndpoint(
                                                sends, new MembershipLimits(limits, engine.rooms()))
                                        .routes()));
    }

    private Stream<List<Route>> reading() {
        EventRenderer renderer = engine.renderer();
        var pieces = new EventPieces(engine.outlines(), engine.cache());
        var list = new StateList(pieces, renderer);
        var members = new RoomMembers(pieces, states);
        var history = new RoomHistory(stores, states);
        var search = new TimeSearch(stores, history);
        var ignored = new IgnoredUsers(stores);
        return Stream.of(
                new RoomsEndpoint(reader, states, members, renderer, list, limits.other()).routes(),
                new MessagePaginationEndpoint(
                                reader,
                                history,
                                renderer,
                                engine.cache(),
                                list,
                                ignored,
                                stores,
                                limits.other())
                        .routes(),
                new EventContextEndpoint(reader, ignored, history, list, renderer, limits.other())
                        .routes(),
                new RoomEventByTimestampEndpoint(reader, search, limits.other()).routes());
    }

    private Stream<List<Route>> finding() {
        return Stream.of(
                new DirectoryEndpoint(server, aliases, limits.other()).routes(),
                new ListPublicRoomsEndpoint(server, publicRooms, limits.other()).routes());
    }
}
