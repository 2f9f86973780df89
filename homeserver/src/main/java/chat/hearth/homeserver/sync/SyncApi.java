package chat.hearth.homeserver.sync;

import chat.hearth.homeserver.config.SyncConfig;
import chat.hearth.http.Api;
import chat.hearth.http.Route;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.stream.Runs;
import chat.hearth.rooms.unread.UnreadCounter;
import chat.hearth.storage.Stores;
import java.util.List;

/// The endpoint with which clients learn what happens.
public final class SyncApi implements Api {
    private final SyncEndpoint sync;

    /// The endpoint over one server's rooms.
    ///
    /// @param presence where presence comes from
    /// @param runs the runs of the server
    public SyncApi(
            RoomEngine engine,
            Stores stores,
            SyncConfig config,
            PresenceSource presence,
            Runs runs) {
        var clock = new SyncClock(engine.feed(), engine.typing(), presence, runs);
        var assembler =
                new SyncAssembler(
                        stores,
                        engine.rooms(),
                        engine.feed(),
                        engine.typing(),
                        presence,
                        sections(engine, stores, config));
        this.sync =
                new SyncEndpoint(
                        engine.feed(),
                        clock,
                        assembler,
                        new SyncFilters(stores.filters()),
                        presence,
                        config);
    }

    static RoomSections sections(RoomEngine engine, Stores stores, SyncConfig config) {
        var cache = engine.cache();
        var identifiers = stores.identifiers();
        var states = new RoomStates(engine.states());
        var joined =
                new JoinedRoom(
                        stores,
                        cache,
                        new TimelineReader(
                                stores.events(), cache, identifiers, config.timelineEventsMax()),
                        new TimelineState(states, cache, identifiers, new LazyMemory()),
                        new RoomSummary(identifiers, cache),
                        new EphemeralEvents(stores, engine.typing()),
                        new EventList(engine.renderer()),
                        new UnreadCounter(stores, cache));
        return new RoomSections(
                stores,
                cache,
                engine.gate(),
                new Standings(cache),
                new StrippedState(identifiers, states, cache),
                joined);
    }

    @Override
    public List<Route> routes() {
        return sync.routes();
    }
}
