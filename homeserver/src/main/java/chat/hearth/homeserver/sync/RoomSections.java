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
            case JOIN -> writeJoined(blocks, context, joinedView(context, room, state, kinds, now));
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
                    writeLeft(blocks, context, leftView(context, room, state, kinds, now));
                }
            }
        }
    }

    /// The room as who is in it will see it; all of it is new when the user was not before.
    private RoomView joinedView(
            SyncContext context, Room room, RoomState state, int kinds, Standing now) {
        SyncSpan span = context.span();
        boolean stayed = now.position() <= span.since();
        return new RoomView(
                room,
                state,
                gate.sight(room, context.query().userId()),
                stayed ? span.since() : sinceOf(context, state),
                span.until(),
                span.until(),
                kinds);
    }

    /// The room as who has left it will see it: up to the leaving, and what became of the
    /// membership afterwards. Of a room that the user was not in, only what is new is shown, if
    /// anything.
    private RoomView leftView(
            SyncContext context, Room room, RoomState state, int kinds, Standing now) {
        long since = context.span().since();
        long leaving = standings.lastLeaving(now.position(), since);
        return new RoomView(
                room,
                state,
                gate.sight(room, context.query().userId()),
                leaving == 0 ? Math.max(since, now.position() - 1) : sinceOf(context, state),
                now.position(),
                leaving,
                kinds);
    }

    /// Up to where the client knows the room: nothing of it when the user was not in it.
    private long sinceOf(SyncContext context, RoomState state) {
        long since = context.span().since();
        return since != 0 && standings.at(state, context.query().user(), since).isJoined()
                ? since
                : 0;
    }

    private void writeJoined(RoomBlocks blocks, SyncContext context, RoomView view) {
        var out = new JsonWriter(1024);
        if (joined.writeJoined(out, context, view)) {
            blocks.joined(out.toBytes());
        }
    }

    private void writeLeft(RoomBlocks blocks, SyncContext context, RoomView view) {
        var out = new JsonWriter(1024);
        joined.writeLeft(out, context, view);
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
