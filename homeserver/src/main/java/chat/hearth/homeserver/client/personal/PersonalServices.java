package chat.hearth.homeserver.client.personal;

import chat.hearth.homeserver.sync.PresenceSource;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.accountdata.RoomTags;
import chat.hearth.rooms.accountdata.StoredFilters;
import chat.hearth.rooms.accountdata.StoredPushRules;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.presence.PresenceAudience;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.profile.ProfilePropagation;
import chat.hearth.rooms.profile.UserProfiles;
import chat.hearth.rooms.receipt.ReadReceipts;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.VitalWork;
import java.time.InstantSource;

/// What deals with what belongs to a user, put together. Close it before the database.
///
/// @param accountData account data
/// @param tags tags of rooms
/// @param pushRules push rules
/// @param filters filters
/// @param receipts receipts and fully read markers
/// @param profiles profiles
/// @param propagation takes profiles into the rooms; [ProfilePropagation#resume()] is to be run
///   every minute or so
/// @param presence who is around; [PresenceTracker#tick()] is to be run every second or so
/// @param syncPresence who is around, as `/sync` tells it
public record PersonalServices(
        UserAccountData accountData,
        RoomTags tags,
        StoredPushRules pushRules,
        StoredFilters filters,
        ReadReceipts receipts,
        UserProfiles profiles,
        ProfilePropagation propagation,
        PresenceTracker presence,
        PresenceSource syncPresence)
        implements AutoCloseable {
    private static final String SENDING = "PUT /_matrix/client/v3/rooms/{roomId}/send/";

    /// Puts the services over `engine` together.
    public static PersonalServices of(
            RoomEngine engine,
            Stores stores,
            Journal journal,
            VitalWork vital,
            InstantSource clock) {
        var propagation =
                new ProfilePropagation(
                        stores, journal, vital, engine.pipeline(), engine.profiles());
        var audience = new PresenceAudience(stores.memberships());
        var presence =
                new PresenceTracker(
                        clock,
                        audience::rooms,
                        user -> engine.profiles().of(stores.identifiers().user(user)),
                        engine.feed()::pokeForPresence);
        return new PersonalServices(
                new UserAccountData(stores, journal, id -> isWorldReadable(engine.rooms(), id)),
                new RoomTags(stores, journal),
                new StoredPushRules(stores, journal),
                new StoredFilters(stores, journal),
                new ReadReceipts(stores, journal, engine.rooms(), engine.gate(), clock),
                new UserProfiles(stores, journal, propagation),
                propagation,
                presence,
                new SyncPresence(presence, audience, stores.identifiers()));
    }

    private static boolean isWorldReadable(Rooms rooms, RoomId id) {
        return rooms.find(id)
                .map(room -> room.state().visibility())
                .filter(HistoryVisibility.WORLD_READABLE::equals)
                .isPresent();
    }

    /// The same route; when it sends messages, its users count as active.
    public Route noting(Route route) {
        if (!route.operation().startsWith(SENDING)) {
            return route;
        }
        return route.withEndpoint(
                request -> {
                    Response response = route.endpoint().handle(request);
                    presence.active(request.requester().user());
                    return response;
                });
    }

    @Override
    public void close() {
        propagation.close();
    }
}
