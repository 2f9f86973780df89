package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.HashSet;
import java.util.Set;

/// Who counts as having made a room: `content.creator` until room version 10, the create event's
/// sender from version 11 on, and from version 12 on its `additional_creators` as well, who then
/// all outrank every power level.
///
/// @param users the creators' ids; unmodifiable, empty when an old create event names none
/// @param privileged whether creators outrank every power level
public record Creators(Set<String> users, boolean privileged) {
    static final String ADDITIONAL_CREATORS = "additional_creators";

    /// Takes an unmodifiable copy of `users`.
    public Creators {
        users = Set.copyOf(users);
    }

    /// The creators that a create event names.
    public static Creators of(RoomVersionRules rules, Event create) {
        var users = new HashSet<String>();
        if (rules.implicitCreator()) {
            users.add(create.sender().value());
        } else {
            create.content().string("creator").ifPresent(users::add);
        }
        if (rules.privilegedCreators()) {
            for (JsonValue user :
                    create.content().array(ADDITIONAL_CREATORS).orElse(JsonArray.EMPTY)) {
                if (user instanceof JsonString(String id)) {
                    users.add(id);
                }
            }
        }
        return new Creators(users, rules.privilegedCreators());
    }

    /// Whether `user` made the room.
    public boolean include(String user) {
        return users.contains(user);
    }
}
