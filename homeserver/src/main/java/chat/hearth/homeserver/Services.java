package chat.hearth.homeserver;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.client.personal.PersonalServices;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.storage.Stores;
import chat.hearth.storage.jdbc.Database;

/// What a server is made of behind its endpoints.
///
/// @param database where everything is kept
/// @param engine the rooms
/// @param accounts accounts, devices and sessions
/// @param personal what belongs to a user
record Services(
        Database database, RoomEngine engine, AccountServices accounts, PersonalServices personal) {
    Stores stores() {
        return database.stores();
    }
}
