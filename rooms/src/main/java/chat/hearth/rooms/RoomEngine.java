package chat.hearth.rooms;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.EventBuilder;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.rooms.accountdata.SettingsTransfer;
import chat.hearth.rooms.create.BanTransfer;
import chat.hearth.rooms.create.RoomCreation;
import chat.hearth.rooms.event.EventMarker;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.LocalSignatures;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.rooms.membership.GuestAccess;
import chat.hearth.rooms.membership.Joins;
import chat.hearth.rooms.membership.RoomMemberships;
import chat.hearth.rooms.profile.MemberProfiles;
import chat.hearth.rooms.profile.ProfileCatchUp;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.SentTransactions;
import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.typing.TypingEnds;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.VitalWork;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// The parts of the room engine of one server, put together.
///
/// @param rooms the active rooms
/// @param atHand what the running piece of work has read
/// @param cache the events asked for lately
/// @param pipeline the one way in for events
/// @param creation makes rooms
/// @param profiles what of profiles goes into memberships
/// @param joins lets users into rooms
/// @param memberships changes who is what to a room
/// @param guests whether guests may be in a room
/// @param settings takes settings along to rooms that replace others
/// @param bans takes bans along to rooms that replace others
/// @param states what was where in rooms' states
/// @param gate who may see what
/// @param renderer how events look to clients
/// @param feed what changed
/// @param typing who is typing
public record RoomEngine(
        Rooms rooms,
        AtHand atHand,
        EventCache cache,
        EventPipeline pipeline,
        RoomCreation creation,
        MemberProfiles profiles,
        Joins joins,
        RoomMemberships memberships,
        GuestAccess guests,
        SettingsTransfer settings,
        BanTransfer bans,
        StateReader states,
        HistoryGate gate,
        EventRenderer renderer,
        ChangeFeed feed,
        TypingTracker typing)
        implements AutoCloseable {
    private static final int ROOMS_PAGE = 10_000;

    /// What the engine may take of memory.
    ///
    /// @param cacheBytes how many bytes of events are kept
    /// @param cachedMembers about how many members and state events of active rooms are kept
    public record Limits(long cacheBytes, long cachedMembers) {
        /// 48 MiB of events, half a million members.
        public static final Limits DEFAULT = new Limits(48L << 20, 500_000);
    }

    /// Puts the engine of `server` together. The journal must tell [#listener()] of every commit.
    ///
    /// @param vital runs what the engine cannot do without
    /// @param opaqueIds gives ids of letters and digits that never come twice
    public static RoomEngine of(
            ServerName server,
            Stores stores,
            Journal journal,
            VitalWork vital,
            EventMarker marker,
            InstantSource clock,
            Supplier<String> opaqueIds,
            Limits limits) {
        var atHand = new AtHand();
        var cache = new EventCache(stores.events(), limits.cacheBytes(), atHand);
        var transactions = new SentTransactions(stores.transactions(), atHand);
        var states = new StateReader(stores, cache, atHand);
        var gate = new HistoryGate(stores, cache, states, atHand);
        var rooms = Rooms.of(stores, limits.cachedMembers());
        var pipeline =
                new EventPipeline(
                        stores,
                        journal,
                        rooms,
                        cache,
                        transactions,
                        new EventBuilder(server, opaqueIds),
                        new LocalSignatures(server),
                        marker,
                        clock);
        var profiles = new MemberProfiles(stores);
        var guests = new GuestAccess(pipeline, rooms, stores, journal, cache);
        var settings = new SettingsTransfer(stores, journal, rooms, cache);
        var catchUp = new ProfileCatchUp(pipeline, stores, profiles);
        var joins = new Joins(pipeline, rooms, stores, cache, profiles, catchUp, settings, guests);
        var feed =
                new ChangeFeed(
                        journal.announcedPosition(), user -> joinedRooms(stores, user), vital);
        return new RoomEngine(
                rooms,
                atHand,
                cache,
                pipeline,
                new RoomCreation(pipeline, stores, catchUp, server, opaqueIds, clock),
                profiles,
                joins,
                new RoomMemberships(pipeline, rooms, stores, journal, profiles, joins, server),
                guests,
                settings,
                new BanTransfer(pipeline, rooms, stores, journal),
                states,
                gate,
                new EventRenderer(cache, transactions, gate, atHand, clock),
                feed,
                new TypingTracker(clock, feed::pokeRoom));
    }

    private static int[] joinedRooms(Stores stores, int user) {
        var rooms = IntStream.builder();
        int after = 0;
        while (true) {
            List<StoredMembership> page =
                    stores.memberships().ofUser(user, Set.of(Membership.JOIN), after, ROOMS_PAGE);
            page.forEach(membership -> rooms.add(membership.room()));
            if (page.size() < ROOMS_PAGE) {
                return rooms.build().toArray();
            }
            after = page.getLast().room();
        }
    }

    /// What must hear of every commit: the rooms first, then those who read them.
    public CommitListener listener() {
        return rooms.then(cache).then(feed).then(new TypingEnds(rooms, typing));
    }

    @Override
    public void close() {
        feed.close();
    }
}
