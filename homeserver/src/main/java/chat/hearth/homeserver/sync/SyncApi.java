package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.config.SyncConfig;
import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.history.EventPieces;
import chat.hearth.rooms.stream.Runs;
import chat.hearth.rooms.unread.UnreadCounter;
import chat.hearth.storage.ReadScopes;
import chat.hearth.storage.Stores;
import java.util.List;

/// The endpoint with which clients learn what happens.
public final class SyncApi implements Api {
    private final SyncEndpoint sync;

    /// The endpoint over one server's rooms.
    ///
    /// @param presence where presence comes from
    /// @param scopes knows whether the client of the running request is still there
    /// @param runs the runs of the server
    public SyncApi(
            RoomEngine engine,
            Stores stores,
            SyncConfig config,
            PresenceSource presence,
            ReadScopes scopes,
            Runs runs) {
        var clock = new SyncClock(engine.feed(), engine.typing(), presence, runs);
        var summaries = new RoomSummary(stores.identifiers(), engine.cache());
        var writer =
                new RoomWriter(
                        engine.cache(),
                        new EventPieces(engine.outlines(), engine.cache()),
                        engine.renderer(),
                        summaries);
        var assembler =
                new SyncAssembler(
                        stores,
                        engine.cache(),
                        engine.rooms(),
                        engine.feed(),
                        engine.typing(),
                        presence,
                        engine.atHand(),
                        scopes,
                        sections(engine, stores, config, summaries, writer),
                        writer);
        this.sync =
                new SyncEndpoint(
                        engine.feed(),
                        stores.devices(),
                        clock,
                        assembler,
                        new SyncFilters(stores.filters()),
                        presence,
                        config);
    }

    private static RoomSections sections(
            RoomEngine engine,
            Stores stores,
            SyncConfig config,
            RoomSummary summaries,
            RoomWriter writer) {
        var cache = engine.cache();
        var identifiers = stores.identifiers();
        var states = new RoomStates(engine.states());
        var joined =
                new JoinedRooms(
                        stores.accountData(),
                        new TimelineReader(
                                stores,
                                engine.outlines(),
                                engine.gate(),
                                config.timelineEventsMax()),
                        new TimelineState(states, engine.outlines(), identifiers, new LazyMemory()),
                        summaries,
                        new EphemeralEvents(stores, engine.typing()),
                        new UnreadCounter(stores, cache));
        return new RoomSections(
                stores,
                cache,
                engine.gate(),
                new Standings(cache),
                new StrippedState(identifiers, states, cache),
                joined,
                writer);
    }

    @Override
    public List<Route> routes() {
        return sync.routes();
    }
}
