package chat.hearth.rooms.profile;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Sent;
import chat.hearth.storage.Stores;
import java.util.Optional;

/// Brings profiles up to date in the memberships of those who came into a room while their profile
/// changed: the change went into their rooms when this was none of them yet. Safe for use by
/// several threads.
///
/// See [ProfilePropagation] for the changes that find the room.
public final class ProfileCatchUp {
    /// So many changes are taken; whoever renames themselves faster has further changes to come,
    /// and each of these finds the room.
    private static final int CHANGES_MAX = 10;

    private final EventPipeline pipeline;
    private final Stores stores;
    private final MemberProfiles profiles;

    /// Brings profiles up to date in the rooms of one server.
    public ProfileCatchUp(EventPipeline pipeline, Stores stores, MemberProfiles profiles) {
        this.pipeline = pipeline;
        this.stores = stores;
        this.profiles = profiles;
    }

    /// Sees to it that a user's membership has the profile of now, as long as they are in the room.
    ///
    /// @param shown the profile with which the user came in, read before they did
    public void catchUp(RoomId room, UserId user, JsonObject shown) {
        JsonObject before = shown;
        for (int i = 0; i < CHANGES_MAX; i++) {
            JsonObject now = profiles.of(user);
            if (now.equals(before)) {
                return;
            }
            var _ = show(pipeline, room, user, stores.identifiers().findUser(user).orElse(0), now);
            before = now;
        }
    }

    /// Puts a profile into the membership of a user who is in the room; does nothing when they are
    /// not.
    ///
    /// @param number the user's number
    /// @return the event that says so, which may have been there before; empty when they are not in
    ///   the room
    static Optional<Sent> show(
            EventPipeline pipeline, RoomId room, UserId user, int number, JsonObject profile) {
        JsonObject content =
                JsonObject.builder()
                        .putAll(profile)
                        .put("membership", Membership.JOIN.id())
                        .build();
        return pipeline.sendIf(
                room,
                EventDraft.state(user, EventTypes.MEMBER, user.value(), content),
                state -> state.members().isJoined(number));
    }
}
