package chat.hearth.rooms.membership;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.accountdata.InvitePermission;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.profile.MemberProfiles;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import org.jspecify.annotations.Nullable;

/// Changes who is what to a room. Whether a change is allowed is for the auth rules to say; here it
/// is only told better where the rules have but one answer for several causes. Safe for use by
/// several threads.
///
/// See [Room membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership).
public final class RoomMemberships {
    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final Journal journal;
    private final MemberProfiles profiles;
    private final Joins joins;
    private final InvitePermission invitePermission;

    /// Memberships of the rooms of one server.
    public RoomMemberships(
            EventPipeline pipeline,
            Rooms rooms,
            Stores stores,
            Journal journal,
            MemberProfiles profiles,
            Joins joins,
            ServerName server) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.journal = journal;
        this.profiles = profiles;
        this.joins = joins;
        this.invitePermission = new InvitePermission(server, stores);
    }

    /// Joins a room that this server takes part in. Who is in it already stays as they are; who
    /// comes from a room that this one replaced brings settings along.
    ///
    /// @param guest whether the user is a guest
    /// @param extra further members of the membership's content, such as `reason`
    /// @throws MatrixException 404 for an unknown room, 403 when the user may not join, as
    ///   `M_GUEST_ACCESS_FORBIDDEN` for a guest where guests may not
    public void join(UserId user, boolean guest, RoomId id, JsonObject extra) {
        Room room = rooms.require(id);
        if (membership(room, user) != Membership.JOIN) {
            var _ = joins.join(user, guest, room, extra);
        }
    }

    /// Asks to be let in.
    ///
    /// @throws MatrixException 404 for an unknown room, 403 when the user may not knock
    public void knock(UserId user, RoomId id, @Nullable String reason) {
        Room room = rooms.require(id);
        send(room, user, user, content(profiles.of(user), Membership.KNOCK, reason(reason)));
    }

    /// Invites a user.
    ///
    /// @throws MatrixException 404 for an unknown room or user, 403 when the sender may not invite
    ///   or the target is in the room, banned, on another server, gone for good, or wants no
    ///   invites (`M_INVITE_BLOCKED`)
    public void invite(UserId sender, UserId target, RoomId id, @Nullable String reason) {
        Room room = rooms.require(id);
        if (membership(room, sender) == Membership.JOIN) {
            if (membership(room, target) == Membership.JOIN) {
                throw MatrixException.forbidden(target + " is already in the room");
            }
            invitePermission.require(target);
        }
        send(room, sender, target, content(profiles.of(target), Membership.INVITE, reason(reason)));
    }

    /// Leaves a room, takes back a knock, or turns an invite down. Who is out already stays so, as
    /// a client may ask again whose first answer was lost.
    ///
    /// @throws MatrixException 404 for an unknown room, 403 when the user never had to do with it
    ///   or is banned
    public void leave(UserId user, RoomId id, @Nullable String reason) {
        Room room = rooms.require(id);
        int number = stores.identifiers().findUser(user).orElse(0);
        if (!room.state().members().knows(number)) {
            throw MatrixException.forbidden("You are not in the room");
        }
        JsonObject content = content(JsonObject.EMPTY, Membership.LEAVE, reason(reason));
        var _ =
                pipeline.sendIf(
                        id,
                        EventDraft.state(user, EventTypes.MEMBER, user.value(), content),
                        state -> state.members().membership(number) != Membership.LEAVE);
    }

    /// Removes a user from a room, or takes an invite or knock of theirs away.
    ///
    /// @throws MatrixException 403 when the target is not in the room or the sender may not kick
    public void kick(UserId sender, UserId target, RoomId id, @Nullable String reason) {
        boolean done;
        do {
            Room room = rooms.require(id);
            Membership present = membership(room, target);
            if (membership(room, sender) == Membership.JOIN
                    && (present == Membership.LEAVE || present == Membership.BAN)) {
                throw MatrixException.forbidden(target + " is not in the room");
            }
            done = sendLeave(id, sender, target, present, reason);
        } while (!done);
    }

    /// Keeps a user out.
    ///
    /// @throws MatrixException 403 when the sender may not ban
    public void ban(UserId sender, UserId target, RoomId id, @Nullable String reason) {
        Room room = rooms.require(id);
        send(room, sender, target, content(profiles.of(target), Membership.BAN, reason(reason)));
    }

    /// Lifts a ban.
    ///
    /// @throws MatrixException 403 `M_BAD_STATE` when the target is not banned, 403 when the sender
    ///   may not
    public void unban(UserId sender, UserId target, RoomId id, @Nullable String reason) {
        boolean done;
        do {
            Room room = rooms.require(id);
            Membership present = membership(room, target);
            if (membership(room, sender) == Membership.JOIN && present != Membership.BAN) {
                throw new MatrixException(ErrCode.M_BAD_STATE, 403, target + " is not banned");
            }
            done = sendLeave(id, sender, target, present, reason);
        } while (!done);
    }

    /// Sends what both removes a user and lifts a ban, unless the target has become something else
    /// than `present`: then it might do the one where the other was meant.
    ///
    /// @return whether it was sent
    private boolean sendLeave(
            RoomId room,
            UserId sender,
            UserId target,
            Membership present,
            @Nullable String reason) {
        JsonObject content = content(JsonObject.EMPTY, Membership.LEAVE, reason(reason));
        var draft = EventDraft.state(sender, EventTypes.MEMBER, target.value(), content);
        return pipeline.sendIf(room, draft, state -> membership(state, target) == present)
                .isPresent();
    }

    /// Stops remembering a room that the user has left: it and its history are no longer shown.
    ///
    /// @throws MatrixException 400 `M_UNKNOWN` while the user is in the room or invited, 404 when
    ///   the user never had to do with it
    public void forget(UserId user, RoomId id) {
        Room room = rooms.require(id);
        int number = stores.identifiers().findUser(user).orElse(0);
        StoredMembership present =
                stores.memberships()
                        .find(room.number(), number)
                        .orElseThrow(() -> MatrixException.notFound("You were never there"));
        switch (present.state()) {
            case JOIN, INVITE, KNOCK ->
                    throw new MatrixException(
                            ErrCode.M_UNKNOWN, 400, "Leave the room before forgetting it");
            case LEAVE, BAN -> {}
        }
        if (present.forgotten()) {
            return;
        }
        var _ = journal.write(tx -> forget(tx, present));
    }

    /// Forgets what the user has seen and nothing newer: who was invited meanwhile is invited.
    private boolean forget(WriteTransaction tx, StoredMembership seen) {
        boolean same =
                stores.memberships()
                        .find(seen.room(), seen.user())
                        .filter(now -> now.position() == seen.position())
                        .isPresent();
        if (same) {
            stores.memberships().put(tx, forgotten(seen));
            tx.announce(
                    new Change(
                            tx.nextPosition(), Change.Kind.MEMBERSHIP, seen.room(), seen.user()));
        }
        return same;
    }

    private static StoredMembership forgotten(StoredMembership present) {
        return new StoredMembership(
                present.room(),
                present.user(),
                present.state(),
                present.position(),
                present.sender(),
                true,
                null);
    }

    private void send(Room room, UserId sender, UserId target, JsonObject content) {
        pipeline.send(
                room.id(),
                EventDraft.state(sender, EventTypes.MEMBER, target.value(), content),
                null);
    }

    private Membership membership(Room room, UserId user) {
        return membership(room.state(), user);
    }

    private Membership membership(RoomState state, UserId user) {
        return stores.identifiers().findUser(user).stream()
                .mapToObj(number -> state.members().membership(number))
                .findFirst()
                .orElse(Membership.LEAVE);
    }

    private static JsonObject content(JsonObject profile, Membership membership, JsonObject extra) {
        return JsonObject.builder()
                .putAll(extra)
                .putAll(profile)
                .put("membership", membership.id())
                .build();
    }

    private static JsonObject reason(@Nullable String reason) {
        return reason == null ? JsonObject.EMPTY : JsonObject.of("reason", reason);
    }
}
