package chat.hearth.homeserver.client.personal;

import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.accountdata.RoomTags;
import chat.hearth.rooms.accountdata.StoredFilters;
import chat.hearth.rooms.accountdata.StoredPushRules;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.rooms.presence.PresenceAudience;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.profile.ProfilePropagation;
import chat.hearth.rooms.profile.UserProfiles;
import chat.hearth.rooms.receipt.ReadReceipts;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
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
public record PersonalServices(
        UserAccountData accountData,
        RoomTags tags,
        StoredPushRules pushRules,
        StoredFilters filters,
        ReadReceipts receipts,
        UserProfiles profiles,
        ProfilePropagation propagation,
        PresenceTracker presence)
        implements AutoCloseable {
    /// Puts the services over `engine` together.
    public static PersonalServices of(
            RoomEngine engine, Stores stores, Journal journal, InstantSource clock) {
        var propagation =
                new ProfilePropagation(stores, journal, engine.pipeline(), engine.profiles());
        var audience = new PresenceAudience(stores.memberships());
        return new PersonalServices(
                new UserAccountData(stores, journal),
                new RoomTags(stores, journal),
                new StoredPushRules(stores, journal),
                new StoredFilters(stores, journal),
                new ReadReceipts(stores, journal, engine.rooms(), engine.gate(), clock),
                new UserProfiles(stores, journal, propagation),
                propagation,
                new PresenceTracker(
                        clock, audience::rooms, engine.feed()::pokeRoom, engine.feed()::pokeUser));
    }

    @Override
    public void close() {
        propagation.close();
    }
}
