package chat.hearth.rooms.profile;

import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.Stores;
import java.util.OptionalInt;

/// The part of a profile that goes into membership events. Safe for use by several threads.
///
/// See [Events on change of profile
/// information](https://spec.matrix.org/v1.19/client-server-api/#events-on-change-of-profile-information).
public final class MemberProfiles {
    private static final String DISPLAY_NAME = "displayname";
    private static final String AVATAR_URL = "avatar_url";

    private final Stores stores;

    /// Profiles of the users of one server.
    public MemberProfiles(Stores stores) {
        this.stores = stores;
    }

    /// `displayname` and `avatar_url` of a user, as far as they are set and known here.
    public JsonObject of(UserId user) {
        OptionalInt number = stores.identifiers().findUser(user);
        if (number.isEmpty()) {
            return JsonObject.EMPTY;
        }
        var content = JsonObject.builder();
        put(content, number.getAsInt(), DISPLAY_NAME);
        put(content, number.getAsInt(), AVATAR_URL);
        return content.build();
    }

    private void put(JsonObject.Builder content, int user, String field) {
        stores.profiles()
                .find(user, field)
                .map(ProfileField::value)
                .map(JsonReader::read)
                .filter(JsonString.class::isInstance)
                .ifPresent((JsonValue value) -> content.put(field, value));
    }
}
