package chat.hearth.rooms.create;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.FollowingBans;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Takes a room's bans into the room that replaces it. The first ones are written with the new
/// room; the others follow in small batches, each a write of its own, so that nobody waits for
/// thousands of events. How far they have come is noted with each batch, so a crash on the way
/// loses nothing: [#resume()] goes on. Safe for use by several threads.
public final class BanTransfer {
    /// So many bans are taken along, the oldest users first.
    static final int BANS_MAX = 5_000;

    /// So many bans are one write.
    public static final int BATCH = 50;

    /// So many batches are written at a turn, of as many rooms.
    private static final int BATCHES_PER_TURN = 10;

    private static final long RETRY_AFTER_MILLIS = 5_000;

    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final Journal journal;

    /// Whether there may be bans on their way.
    private volatile boolean expected = true;

    /// The last room that had its turn. Belongs to who runs the turns.
    private int last;

    /// Takes bans along between the rooms of one server.
    public BanTransfer(EventPipeline pipeline, Rooms rooms, Stores stores, Journal journal) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.journal = journal;
    }

    /// How many bans of a room are taken along.
    static int count(RoomState state) {
        return Math.min(BANS_MAX, state.members().with(Membership.BAN).length);
    }

    /// The bans that are written with the new room.
    List<EventDraft> first(RoomState state, UserId user) {
        return drafts(state, user, IntStream.of(after(state, 0)).limit(BATCH).toArray());
    }

    /// Notes that the others follow, in the write that makes the room.
    void noteOthers(WriteTransaction tx, RoomState state, UserId user, int predecessor, int room) {
        int[] all = after(state, 0);
        if (all.length > BATCH) {
            int sender = stores.identifiers().user(tx, user);
            stores.bans().note(tx, new FollowingBans(room, predecessor, sender, all[BATCH - 1]));
        }
    }

    /// Sees to it that noted bans soon follow.
    void expect() {
        expected = true;
    }

    /// Refuses to replace a room whose own bans are still on their way: it would lose them.
    ///
    /// @throws MatrixException 429 `M_LIMIT_EXCEEDED` then
    void requireArrived(Room room) {
        if (stores.bans().find(room.number()).isPresent()) {
            throw MatrixException.limitExceeded(
                    "The bans of the room before are still on their way; try again later",
                    RETRY_AFTER_MILLIS);
        }
    }

    /// Writes the next bans, where any are expected to be on their way. Run it every second or so.
    public void goOn() {
        if (expected) {
            resume();
        }
    }

    /// Writes the next bans, also of what an earlier run of the server left. Run it every minute or
    /// so.
    public synchronized void resume() {
        expected = false;
        List<FollowingBans> turn = stores.bans().following(last, BATCHES_PER_TURN);
        expected |= !turn.isEmpty() || last > 0;
        last = turn.size() < BATCHES_PER_TURN ? 0 : turn.getLast().room();
        turn.forEach(this::follow);
    }

    private void follow(FollowingBans bans) {
        RoomState old = rooms.room(bans.predecessor()).state();
        Room made = rooms.room(bans.room());
        int[] next = IntStream.of(after(old, bans.after())).limit(BATCH).toArray();
        UserId sender = stores.identifiers().user(bans.sender());
        if (next.length == 0 || !mayBan(made.state(), sender, bans.sender())) {
            journal.write(tx -> arrived(tx, bans.room()));
            return;
        }
        int[] wanted = IntStream.of(next).filter(user -> isMissing(made, user)).toArray();
        var further =
                new FollowingBans(
                        bans.room(), bans.predecessor(), bans.sender(), next[next.length - 1]);
        List<Sent> sent =
                pipeline.sendAllowed(
                        made.id(),
                        drafts(old, sender, wanted),
                        _ -> true,
                        (tx, _) -> stores.bans().note(tx, further));
        if (sent.isEmpty()) {
            journal.write(tx -> noted(tx, further));
        }
    }

    private boolean arrived(WriteTransaction tx, int room) {
        stores.bans().arrived(tx, room);
        return true;
    }

    private boolean noted(WriteTransaction tx, FollowingBans bans) {
        stores.bans().note(tx, bans);
        return true;
    }

    private static boolean mayBan(RoomState state, UserId sender, int number) {
        return state.members().isJoined(number)
                && state.powerLevels().levelOf(sender) >= state.powerLevels().ban();
    }

    /// Whether nobody has decided about a user in the new room: who came in before the ban does not
    /// stay, whom a moderator has invited or let go does.
    private boolean isMissing(Room made, int user) {
        return switch (made.state().members().membership(user)) {
            case JOIN, KNOCK -> true;
            case INVITE, BAN -> false;
            case LEAVE ->
                    stores.memberships()
                            .find(made.number(), user)
                            .map(StoredMembership::sender)
                            .filter(sender -> sender != user)
                            .isEmpty();
        };
    }

    /// Banned users after one of them, by number.
    private static int[] after(RoomState state, int user) {
        return Arrays.stream(state.members().with(Membership.BAN))
                .limit(BANS_MAX)
                .filter(banned -> banned > user)
                .toArray();
    }

    private List<EventDraft> drafts(RoomState state, UserId sender, int[] banned) {
        return IntStream.of(banned).mapToObj(user -> draft(state, sender, user)).toList();
    }

    private EventDraft draft(RoomState state, UserId sender, int banned) {
        UserId target = stores.identifiers().user(banned);
        var content = JsonObject.builder().put("membership", Membership.BAN.id());
        stores.events()
                .byPosition(state.members().position(banned))
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .flatMap(ban -> ban.string("reason"))
                .ifPresent(reason -> content.put("reason", reason));
        return EventDraft.state(sender, EventTypes.MEMBER, target.value(), content.build());
    }
}
