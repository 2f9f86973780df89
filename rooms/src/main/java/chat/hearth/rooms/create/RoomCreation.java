package chat.hearth.rooms.create;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.accountdata.InvitePermission;
import chat.hearth.rooms.event.Closing;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.profile.ProfileCatchUp;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes rooms, each in one transaction: its first events, its alias and its place in the directory
/// are there together or not at all. Safe for use by several threads.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#creation).
public final class RoomCreation {
    private final EventPipeline pipeline;
    private final Stores stores;
    private final ProfileCatchUp profiles;
    private final ServerName server;
    private final Supplier<String> opaqueIds;
    private final InstantSource clock;
    private final NewRoomChecks checks;
    private final InvitePermission invitePermission;

    /// @param opaqueIds gives ids of letters and digits that never come twice
    public RoomCreation(
            EventPipeline pipeline,
            Stores stores,
            ProfileCatchUp profiles,
            ServerName server,
            Supplier<String> opaqueIds,
            InstantSource clock) {
        this.pipeline = pipeline;
        this.stores = stores;
        this.profiles = profiles;
        this.server = server;
        this.opaqueIds = opaqueIds;
        this.clock = clock;
        this.checks = new NewRoomChecks(server);
        this.invitePermission = new InvitePermission(server, stores);
    }

    /// Makes a room and answers its id.
    ///
    /// @throws MatrixException 400 `M_ROOM_IN_USE` when the alias is taken, 400
    ///   `M_INVALID_ROOM_STATE` when the rules refuse one of the events, 400 for malformed ones,
    ///   404 when somebody to invite does not exist, 403 `M_FORBIDDEN` when they are on another
    ///   server or have closed their account, 403 `M_INVITE_BLOCKED` when they do not want that
    public RoomId create(NewRoom room) {
        checks.check(room);
        if (room.alias() != null && stores.aliases().find(room.alias()).isPresent()) {
            throw aliasTaken();
        }
        List<EventDraft> drafts = FirstEvents.of(room);
        drafts.forEach(invitePermission::require);
        RoomId made =
                allowed(
                        () ->
                                pipeline.create(
                                        room.version(),
                                        chosenId(room.version()),
                                        drafts,
                                        (tx, number) -> alsoWrite(tx, number, room)));
        catchUp(made, room);
        return made;
    }

    /// Makes a room in place of another, with further events and writes, and closes that one, all
    /// in the one transaction: there is no moment with two rooms that know nothing of each other.
    ///
    /// @param closing answers what closes the old room, given the new one's id
    /// @param condition asked of the old room's state when nobody else can change it
    /// @return the new room's id; empty when `condition` does not hold
    Optional<RoomId> replace(
            RoomId old,
            Predicate<RoomState> condition,
            NewRoom room,
            List<EventDraft> further,
            EventPipeline.AlsoWritten alsoWritten,
            Function<RoomId, Closing> closing) {
        checks.check(room);
        var drafts = new ArrayList<>(FirstEvents.of(room));
        drafts.addAll(further);
        drafts.forEach(invitePermission::require);
        Optional<RoomId> made =
                allowed(
                        () ->
                                pipeline.replace(
                                        old,
                                        condition,
                                        room.version(),
                                        chosenId(room.version()),
                                        drafts,
                                        (tx, number) -> {
                                            alsoWrite(tx, number, room);
                                            alsoWritten.write(tx, number);
                                        },
                                        closing));
        made.ifPresent(id -> catchUp(id, room));
        return made;
    }

    private void catchUp(RoomId made, NewRoom room) {
        profiles.catchUp(made, room.creator(), room.memberContent());
    }

    private static <R> R allowed(Supplier<R> making) {
        try {
            return making.get();
        } catch (MatrixException e) {
            throw e.errCode() == ErrCode.M_FORBIDDEN
                    ? new MatrixException(ErrCode.M_INVALID_ROOM_STATE, 400, e.text())
                    : e;
        }
    }

    private @Nullable RoomId chosenId(RoomVersion version) {
        return version.rules().roomIdIsCreateHash()
                ? null
                : new RoomId("!" + opaqueIds.get() + ":" + server.value());
    }

    private void alsoWrite(WriteTransaction tx, int number, NewRoom room) {
        if (room.alias() != null) {
            int creator = stores.identifiers().user(tx, room.creator());
            var alias = new StoredAlias(room.alias(), number, creator, clock.millis());
            if (!stores.aliases().add(tx, alias)) {
                throw aliasTaken();
            }
        }
        if (room.published()) {
            stores.rooms().list(tx, number, true);
        }
    }

    private static MatrixException aliasTaken() {
        return new MatrixException(ErrCode.M_ROOM_IN_USE, 400, "The room alias is taken");
    }
}
