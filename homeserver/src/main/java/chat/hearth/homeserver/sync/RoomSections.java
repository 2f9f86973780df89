package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.history.HistoryGate;
import chat.hearth.rooms.history.RoomSight;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;

/// Decides in which section of an answer a room belongs, by what the user is to it at the answer's
/// end and was at its beginning.
final class RoomSections {
    private final Stores stores;
    private final EventCache cache;
    private final HistoryGate gate;
    private final Standings standings;
    private final StrippedState stripped;
    private final JoinedRooms rooms;

    RoomSections(
            Stores stores,
            EventCache cache,
            HistoryGate gate,
            Standings standings,
            StrippedState stripped,
            JoinedRooms rooms) {
        this.stores = stores;
        this.cache = cache;
        this.gate = gate;
        this.standings = standings;
        this.stripped = stripped;
        this.rooms = rooms;
    }

    /// A room that may have to be shown.
    ///
    /// @param room the room
    /// @param state its state when the answer was begun: that of the moment when it is written may
    ///   be newer than what can be read
    /// @param kinds the bits of what changed in it
    record Candidate(Room room, RoomState state, int kinds) {}

    /// Adds those of the rooms to the answer of which there is something to tell.
    ///
    /// @param candidates a bounded number of rooms: they are read together
    void write(RoomBlocks blocks, SyncContext context, List<Candidate> candidates) {
        int user = context.query().user();
        SyncSpan span = context.span();
        standings.readAhead(candidates, user, span.since());
        var joined = new ArrayList<RoomView>();
        var left = new ArrayList<RoomView>();
        for (Candidate each : candidates) {
            Standing now = standings.at(each.state(), user, span.until());
            boolean moved = now.position() > span.since();
            switch (now.membership()) {
                case JOIN -> joined.add(joinedView(context, each, now));
                case INVITE -> {
                    if (moved || context.query().fullState()) {
                        writeInvite(blocks, context, each, now);
                    }
                }
                case KNOCK -> {
                    if (moved || context.query().fullState()) {
                        blocks.knocked(strippedRoom(context, each, now, "knock_state"));
                    }
                }
                case LEAVE, BAN -> {
                    if (moved && (wasShown(context, each) || !isForgotten(each.room(), user))) {
                        left.add(leftView(context, each, now));
                    }
                }
            }
        }
        rooms.writeJoined(blocks, context, joined);
        rooms.writeLeft(blocks, context, left);
    }

    /// The room as who is in it will see it; all of it is new when the user was not before.
    private RoomView joinedView(SyncContext context, Candidate candidate, Standing now) {
        SyncSpan span = context.span();
        boolean stayed = now.position() <= span.since();
        return new RoomView(
                candidate.room(),
                candidate.state(),
                gate.sight(candidate.room(), candidate.state(), context.query().userId()),
                stayed ? span.since() : sinceOf(context, candidate.state()),
                span.until(),
                span.until(),
                candidate.kinds());
    }

    /// The room as who has left it will see it: up to the leaving, and what became of the
    /// membership afterwards. Of a room that the user was not in, only what is new is shown, if
    /// anything.
    private RoomView leftView(SyncContext context, Candidate candidate, Standing now) {
        long since = context.span().since();
        long leaving = standings.lastLeaving(now.position(), since);
        return new RoomView(
                candidate.room(),
                candidate.state(),
                gate.sight(candidate.room(), candidate.state(), context.query().userId()),
                leaving == 0
                        ? Math.max(since, now.position() - 1)
                        : sinceOf(context, candidate.state()),
                now.position(),
                leaving,
                candidate.kinds());
    }

    /// Up to where the client knows the room: nothing of it when the user was not in it.
    private long sinceOf(SyncContext context, RoomState state) {
        long since = context.span().since();
        return since != 0 && standings.at(state, context.query().user(), since).isJoined()
                ? since
                : 0;
    }

    private void writeInvite(
            RoomBlocks blocks, SyncContext context, Candidate candidate, Standing now) {
        int sender = cache.require(now.position()).sender();
        String inviter = stores.identifiers().user(sender).value();
        if (!context.settings().invitesBlocked()
                && !context.settings().ignored().contains(inviter)) {
            blocks.invited(strippedRoom(context, candidate, now, "invite_state"));
        }
    }

    private byte[] strippedRoom(
            SyncContext context, Candidate candidate, Standing now, String name) {
        Room room = candidate.room();
        RoomSight sight = gate.sight(room, candidate.state(), context.query().userId());
        var out = new JsonWriter(1024);
        out.string(room.id().value()).ascii(":{\"").ascii(name).ascii("\":{\"events\":");
        stripped.write(out, candidate.state(), sight, now.position());
        return out.ascii("}}").toBytes();
    }

    /// Whether the client shows the room among those that the user is in: it has to hear that this
    /// is over, though the user has forgotten the room on another device.
    private boolean wasShown(SyncContext context, Candidate candidate) {
        long since = context.span().since();
        return since != 0
                && switch (standings
                        .at(candidate.state(), context.query().user(), since)
                        .membership()) {
                    case JOIN, INVITE, KNOCK -> true;
                    case LEAVE, BAN -> false;
                };
    }

    private boolean isForgotten(Room room, int user) {
        return stores.memberships()
                .find(room.number(), user)
                .filter(StoredMembership::forgotten)
                .isPresent();
    }
}
