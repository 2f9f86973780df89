package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;

/// Decides in which section of an answer a room belongs, by what the user is to it at the answer's
/// end and was at its beginning.
final class RoomSections {
    private final Stores stores;
    private final EventCache cache;
    private final HistoryGate gate;
    private final Standings standings;
    private final StrippedState stripped;
    private final JoinedRoom joined;

    RoomSections(
            Stores stores,
            EventCache cache,
            HistoryGate gate,
            Standings standings,
            StrippedState stripped,
            JoinedRoom joined) {
        this.stores = stores;
        this.cache = cache;
        this.gate = gate;
        this.standings = standings;
        this.stripped = stripped;
        this.joined = joined;
    }

    /// Adds a room to the answer if there is something to tell of it.
    ///
    /// @param kinds the bits of what changed in it
    void write(RoomBlocks blocks, SyncContext context, Room room, int kinds) {
        RoomState state = room.state();
        SyncSpan span = context.span();
        Standing now = standings.at(state, context.query().user(), span.until());
        boolean moved = now.position() > span.since();
        switch (now.membership()) {
            case JOIN -> writeJoined(blocks, context, view(context, room, state, kinds, now));
            case INVITE -> {
                if (moved || context.query().fullState()) {
                    writeInvite(blocks, context, room, state, now);
                }
            }
            case KNOCK -> {
                if (moved || context.query().fullState()) {
                    blocks.knocked(strippedRoom(context, room, state, now, "knock_state"));
                }
            }
            case LEAVE, BAN -> {
                if (moved && !isForgotten(room, context.query().user())) {
                    writeLeft(blocks, context, view(context, room, state, kinds, now), now);
                }
            }
        }
    }

    /// The room as the client will see it; all of it is new when the user was not in it before.
    private RoomView view(
            SyncContext context, Room room, RoomState state, int kinds, Standing now) {
        SyncQuery query = context.query();
        long since = context.span().since();
        boolean wasIn =
                since != 0
                        && (now.isJoined() && now.position() <= since
                                || standings.at(state, query.user(), since).isJoined());
        return new RoomView(
                room,
                state,
                gate.sight(room, query.userId()),
                wasIn ? since : 0,
                now.isJoined() ? context.span().until() : now.position(),
                kinds);
    }

    private void writeJoined(RoomBlocks blocks, SyncContext context, RoomView view) {
        var out = new JsonWriter(1024);
        if (joined.writeJoined(out, context, view)) {
            blocks.joined(out.toBytes());
        }
    }

    private void writeLeft(RoomBlocks blocks, SyncContext context, RoomView view, Standing now) {
        boolean stayed = standings.endedBy(now.position()).isJoined();
        RoomView shown = view;
        if (!stayed && view.isNew()) {
            // Of a room that the user never was in, only what is new is shown, if anything.
            shown =
                    new RoomView(
                            view.room(),
                            view.state(),
                            view.sight(),
                            Math.max(context.span().since(), now.position() - 1),
                            view.until(),
                            view.kinds());
        }
        var out = new JsonWriter(1024);
        joined.writeLeft(out, context, shown, stayed);
        blocks.left(out.toBytes());
    }

    private void writeInvite(
            RoomBlocks blocks, SyncContext context, Room room, RoomState state, Standing now) {
        int sender = cache.require(now.position()).sender();
        String inviter = stores.identifiers().user(sender).value();
        if (!context.settings().invitesBlocked()
                && !context.settings().ignored().contains(inviter)) {
            blocks.invited(strippedRoom(context, room, state, now, "invite_state"));
        }
    }

    private byte[] strippedRoom(
            SyncContext context, Room room, RoomState state, Standing now, String name) {
        RoomSight sight = gate.sight(room, context.query().userId());
        var out = new JsonWriter(1024);
        out.string(room.id().value()).ascii(":{\"").ascii(name).ascii("\":{\"events\":");
        stripped.write(out, state, sight, now.position());
        return out.ascii("}}").toBytes();
    }

    private boolean isForgotten(Room room, int user) {
        return stores.memberships()
                .find(room.number(), user)
                .filter(StoredMembership::forgotten)
                .isPresent();
    }
}
