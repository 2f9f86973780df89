package chat.hearth.rooms.content;

import chat.hearth.protocol.auth.Creators;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.accountdata.InvitePermission;
import chat.hearth.rooms.accountdata.SettingsTransfer;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.membership.GuestAccess;
import chat.hearth.rooms.membership.Joins;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.typing.TypingTracker;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TransactionKey;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends what clients ask to send, after a look at the content. Safe for use by several threads.
///
/// See [Sending events to a
/// room](https://spec.matrix.org/v1.19/client-server-api/#sending-events-to-a-room).
public final class CheckedSends {
    /// What one types.
    private static final Set<String> TYPED = Set.of(EventTypes.MESSAGE, EventTypes.ENCRYPTED);

    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final GuestAccess guests;
    private final SettingsTransfer settings;
    private final ContentChecks checks;
    private final CanonicalAliases aliases;
    private final InvitePermission invitePermission;
    private final TypingTracker typing;
    private final Joins joins;

    /// Sends into the rooms of `server`.
    public CheckedSends(
            EventPipeline pipeline,
            Rooms rooms,
            Stores stores,
            EventCache events,
            Joins joins,
            GuestAccess guests,
            SettingsTransfer settings,
            TypingTracker typing,
            ServerName server) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.guests = guests;
        this.settings = settings;
        this.checks = new ContentChecks(server);
        this.aliases = new CanonicalAliases(stores, events);
        this.invitePermission = new InvitePermission(server, stores);
        this.joins = joins;
        this.typing = typing;
    }

    /// What a client's transaction was answered with before, as far as it is remembered.
    public Optional<Sent> answered(TransactionKey transaction) {
        return pipeline.answered(transaction);
    }

    /// Sends an event of a client.
    ///
    /// @param transaction the client's transaction, null for none; a transaction that was answered
    ///   before gets the same answer
    /// @throws MatrixException when the content is malformed, the event too large, or not allowed
    public Sent send(RoomId id, EventDraft asked, @Nullable TransactionKey transaction) {
        Optional<Sent> answered =
                transaction == null ? Optional.empty() : pipeline.answered(transaction);
        if (answered.isPresent()) {
            return answered.get();
        }
        if (asked.type().equals(EventTypes.CREATE)) {
            throw new MatrixException(
                    ErrCode.M_BAD_STATE, 400, "A room has one create event and gets no other");
        }
        Room room =
                rooms.find(id)
                        .orElseThrow(() -> MatrixException.forbidden("You are not in the room"));
        EventDraft draft = Joins.ownWords(asked);
        check(draft);
        refuseLeaveOfStranger(room, draft);
        if (isOfRoom(draft, EventTypes.POWER_LEVELS)) {
            refuseLevelsOfCreators(room, draft.content());
        } else if (isOfRoom(draft, EventTypes.CANONICAL_ALIAS)) {
            aliases.check(room, draft.content());
        }
        if (InvitePermission.isInvite(draft) && isJoined(room, draft.sender())) {
            invitePermission.require(draft);
        }
        return sendChecked(room, withTarget(draft), transaction);
    }

    /// Checks what an event says and whether its sender may say it as a guest, without its room.
    ///
    /// @throws MatrixException when the content is malformed, 403 `M_GUEST_ACCESS_FORBIDDEN` for a
    ///   guest
    public void check(EventDraft draft) {
        checks.check(draft);
        guests.requireRight(draft);
    }

    /// As a kick is refused.
    private void refuseLeaveOfStranger(Room room, EventDraft draft) {
        if (!draft.type().equals(EventTypes.MEMBER)
                || draft.sender().value().equals(draft.stateKey())
                || Membership.of(draft.content()) != Membership.LEAVE
                || !isJoined(room, draft.sender())) {
            return;
        }
        UserId target = new UserId(Objects.requireNonNull(draft.stateKey()));
        boolean known =
                stores.identifiers().findUser(target).stream()
                        .anyMatch(room.state().members()::knows);
        if (!known) {
            throw MatrixException.forbidden(target + " is not in the room");
        }
    }

    private Sent sendChecked(Room room, EventDraft draft, @Nullable TransactionKey transaction) {
        if (Joins.isJoin(draft)) {
            return joins.send(room, draft);
        }
        boolean concernsGuests = guests.isDecidedBy(room, draft);
        Sent sent = sendWithSettings(room, draft, transaction);
        if (concernsGuests) {
            guests.removeUnwelcome(room);
        }
        if (draft.stateKey() == null && TYPED.contains(draft.type())) {
            stores.identifiers()
                    .findUser(draft.sender())
                    .ifPresent(user -> typing.stop(room.number(), user));
        }
        return sent;
    }

    /// A tombstone takes along the settings of those who are in the new room already.
    private Sent sendWithSettings(
            Room room, EventDraft draft, @Nullable TransactionKey transaction) {
        if (!isOfRoom(draft, EventTypes.TOMBSTONE)) {
            return pipeline.send(room.id(), draft, transaction);
        }
        return settings.withTombstone(room, draft.content())
                .flatMap(also -> pipeline.sendIf(room.id(), draft, _ -> true, also))
                .orElseGet(() -> pipeline.send(room.id(), draft, transaction));
    }

    private boolean isJoined(Room room, UserId user) {
        return stores.identifiers().findUser(user).stream()
                .anyMatch(room.state().members()::isJoined);
    }

    private static boolean isOfRoom(EventDraft draft, String type) {
        return "".equals(draft.stateKey()) && draft.type().equals(type);
    }

    private static void refuseLevelsOfCreators(Room room, JsonObject content) {
        Creators creators = room.state().creation().creators();
        if (!creators.privileged()) {
            return;
        }
        for (String user : content.object("users").orElse(JsonObject.EMPTY).names()) {
            if (creators.include(user)) {
                throw MatrixException.badJson(
                        user + " made the room and must not be given a power level");
            }
        }
    }

    /// A redaction that came as a plain event names its target in the content; where it is kept is
    /// for the room version to say.
    private static EventDraft withTarget(EventDraft draft) {
        if (!draft.type().equals(EventTypes.REDACTION)
                || draft.stateKey() != null
                || draft.redacts() != null) {
            return draft;
        }
        EventId target =
                draft.content()
                        .string("redacts")
                        .flatMap(EventId::parse)
                        .orElseThrow(() -> MatrixException.badJson("redacts must be an event id"));
        return EventDraft.redaction(draft.sender(), target, draft.content().without("redacts"));
    }
}
