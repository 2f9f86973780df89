package chat.hearth.rooms.membership;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.accountdata.SettingsTransfer;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.profile.MemberProfiles;
import chat.hearth.rooms.profile.ProfileCatchUp;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Stores;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Lets users into rooms. There is one way in, whether a client asks for it by `/join` or with a
/// member event of its own: guests have to be welcome, who is not invited to a restricted room has
/// to meet a condition, and settings come along from a room that this one replaced. Safe for use by
/// several threads.
///
/// See [Joining rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms).
public final class Joins {
    /// Names the member who lets somebody into a restricted room.
    private static final String AUTHORISED_BY = "join_authorised_via_users_server";

    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final EventCache events;
    private final MemberProfiles profiles;
    private final ProfileCatchUp catchUp;
    private final RestrictedJoins restricted;
    private final SettingsTransfer settings;
    private final GuestAccess guests;

    /// Joins of the rooms of one server.
    public Joins(
            EventPipeline pipeline,
            Rooms rooms,
            Stores stores,
            EventCache events,
            MemberProfiles profiles,
            ProfileCatchUp catchUp,
            SettingsTransfer settings,
            GuestAccess guests) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.events = events;
        this.profiles = profiles;
        this.catchUp = catchUp;
        this.restricted = new RestrictedJoins(rooms, stores);
        this.settings = settings;
        this.guests = guests;
    }

    /// What a client may say in a member event: who vouches for a join is for this server to say,
    /// whose signature stands for it. Clients that copy a member event should leave it out, and not
    /// all do.
    public static EventDraft ownWords(EventDraft draft) {
        return draft.type().equals(EventTypes.MEMBER) && draft.content().has(AUTHORISED_BY)
                ? new EventDraft(
                        EventTypes.MEMBER,
                        draft.stateKey(),
                        draft.sender(),
                        draft.content().without(AUTHORISED_BY),
                        null)
                : draft;
    }

    /// Whether an event is a user's own that says `join`.
    public static boolean isJoin(EventDraft draft) {
        return draft.type().equals(EventTypes.MEMBER)
                && draft.sender().value().equals(draft.stateKey())
                && draft.content().string("membership").filter("join"::equals).isPresent();
    }

    /// Sends a user's own event that says `join`: a join for who is not in the room; for who is, a
    /// change of what the event says.
    ///
    /// @throws MatrixException 403 when the user may not join
    public Sent send(Room room, EventDraft draft) {
        return pipeline.sendIf(room.id(), draft, state -> isJoined(state, draft.sender()))
                .orElseGet(
                        () ->
                                join(
                                        draft.sender(),
                                        guests.isGuest(draft.sender()),
                                        room,
                                        draft.content()));
    }

    /// Lets a user in. Who is in the room already stays as they are.
    ///
    /// @param guest whether the user is a guest
    /// @param asked what the member event shall say besides the membership; the user's display name
    ///   and avatar are added where it does not say them
    /// @return the member event
    /// @throws MatrixException 403 when the user may not join, as `M_GUEST_ACCESS_FORBIDDEN` for a
    ///   guest where guests may not
    Sent join(UserId user, boolean guest, Room room, JsonObject asked) {
        JsonObject profile = profiles.of(user);
        JsonObject content = content(profile, asked, restricted.authorisingUser(room, user));
        Optional<Sent> sent =
                pipeline.sendIf(
                        room.id(),
                        EventDraft.state(user, EventTypes.MEMBER, user.value(), content),
                        state -> !isJoined(state, user) && (!guest || guests.areWelcome(state)),
                        settings.withJoin(user, room));
        if (sent.isEmpty()) {
            return present(room.id(), user).orElseThrow(GuestAccess::refusal);
        }
        catchUp.catchUp(room.id(), user, profile);
        return sent.get();
    }

    private static JsonObject content(
            JsonObject profile, JsonObject asked, @Nullable String authorisedBy) {
        return JsonObject.builder()
                .putAll(profile)
                .putAll(asked)
                .put("membership", Membership.JOIN.id())
                .putIfPresent(AUTHORISED_BY, authorisedBy)
                .build();
    }

    /// The event by which a user is in a room, if they are.
    private Optional<Sent> present(RoomId id, UserId user) {
        OptionalInt number = stores.identifiers().findUser(user);
        Members members = rooms.require(id).state().members();
        if (number.isEmpty() || !members.isJoined(number.getAsInt())) {
            return Optional.empty();
        }
        long position = members.position(number.getAsInt());
        return Optional.of(new Sent(events.require(position).eventId(), position));
    }

    private boolean isJoined(RoomState state, UserId user) {
        return stores.identifiers().findUser(user).stream().anyMatch(state.members()::isJoined);
    }
}
