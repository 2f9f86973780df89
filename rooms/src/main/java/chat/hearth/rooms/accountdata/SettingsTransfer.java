package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Takes a user's settings along from a room to the one that replaced it: tags, push rules for the
/// room, and whom it is a direct chat with. What the user has set for the new room stays. All is
/// written with what brings the user into the new room, or with the tombstone where that comes
/// later, so no crash comes between.
///
/// A room counts as replaced when its tombstone names the new room and the new room's create event
/// names it: else anybody could make a room that passes for a favourite. Safe for use by several
/// threads.
///
/// See [Room upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades).
public final class SettingsTransfer {
    private static final Logger LOG = System.getLogger(SettingsTransfer.class.getName());

    /// So many users may be in a new room before the old one's tombstone names it and have their
    /// settings taken along.
    static final int AHEAD_MAX = 50;

    private static final String TAGS = "m.tag";
    private static final String DIRECT = "m.direct";

    private final Stores stores;
    private final Rooms rooms;
    private final EventCache events;
    private final AccountDataRows rows;
    private final StoredPushRules pushRules;

    /// Transfers between the rooms of one server.
    public SettingsTransfer(Stores stores, Journal journal, Rooms rooms, EventCache events) {
        this.stores = stores;
        this.rooms = rooms;
        this.events = events;
        this.rows = new AccountDataRows(stores.accountData(), journal);
        this.pushRules = new StoredPushRules(stores, journal);
    }

    /// What is to be written with the join of a user to `joined`: the settings, if it replaced a
    /// room.
    public EventPipeline.AlsoWritten withJoin(UserId user, Room joined) {
        Room old = predecessor(joined).orElse(null);
        return (tx, to) -> {
            if (old != null) {
                transfer(tx, user, old, to, joined.id());
            }
        };
    }

    /// What is to be written with a tombstone of `old`: the settings of those who are in the room
    /// that it names already, if that room names this one. At most [#AHEAD_MAX] of them; usually
    /// there is one, who made it. Empty when there is nothing to write.
    public Optional<EventPipeline.AlsoWritten> withTombstone(Room old, JsonObject tombstone) {
        Room made =
                tombstone
                        .string("replacement_room")
                        .flatMap(RoomId::parse)
                        .flatMap(rooms::find)
                        .filter(room -> names(room, old) && !isReplacedBy(old, room.id()))
                        .orElse(null);
        if (made == null) {
            return Optional.empty();
        }
        List<UserId> ahead = ahead(old, made);
        return ahead.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (tx, _) ->
                                ahead.forEach(
                                        user -> transfer(tx, user, old, made.number(), made.id())));
    }

    private List<UserId> ahead(Room old, Room made) {
        int[] both =
                Arrays.stream(made.state().members().with(Membership.JOIN))
                        .filter(old.state().members()::isJoined)
                        .limit(AHEAD_MAX)
                        .toArray();
        return stores.identifiers().users(both);
    }

    private boolean names(Room made, Room old) {
        return predecessorId(made).filter(old.id()::equals).isPresent();
    }

    /// Takes along the settings of a user from a room to the one that replaces it. What does not
    /// fit any more, as by the limits of push rules, is left behind; the rest of the write holds.
    ///
    /// @param to the number of the new room, whose id is `id`
    public void transfer(WriteTransaction tx, UserId userId, Room old, int to, RoomId id) {
        int user = stores.identifiers().user(tx, userId);
        String from = old.id().value();
        String made = id.value();
        asFarAsItFits(made, () -> tags(tx, user, old.number(), to));
        asFarAsItFits(
                made, () -> pushRules.change(tx, user, rules -> rules.alsoForRoom(from, made)));
        asFarAsItFits(
                made,
                () ->
                        rows.update(
                                tx,
                                user,
                                UserAccountData.GLOBAL,
                                DIRECT,
                                UserAccountData.CONTENT_BYTES_MAX,
                                content -> direct(content, from, made)));
    }

    private static void asFarAsItFits(String to, Runnable transfer) {
        try {
            transfer.run();
        } catch (MatrixException e) {
            LOG.log(Level.INFO, "Some settings were not copied to " + to + ": " + e.text());
        }
    }

    private Optional<RoomId> predecessorId(Room room) {
        return content(room, EventTypes.CREATE)
                .flatMap(create -> create.object("predecessor"))
                .flatMap(predecessor -> predecessor.string("room_id"))
                .flatMap(RoomId::parse);
    }

    private Optional<Room> predecessor(Room joined) {
        return predecessorId(joined)
                .flatMap(rooms::find)
                .filter(old -> isReplacedBy(old, joined.id()));
    }

    private boolean isReplacedBy(Room old, RoomId successor) {
        return content(old, EventTypes.TOMBSTONE)
                .flatMap(tombstone -> tombstone.string("replacement_room"))
                .filter(successor.value()::equals)
                .isPresent();
    }

    private Optional<JsonObject> content(Room room, String type) {
        return stores.identifiers().findStateKey(StateKey.of(type)).stream()
                .mapToLong(place -> room.state().events().eventAt(place))
                .filter(position -> position != 0)
                .mapToObj(events::require)
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .findFirst();
    }

    private void tags(WriteTransaction tx, int user, int from, int to) {
        JsonObject tags = rows.content(user, from, TAGS);
        if (!tags.isEmpty()) {
            rows.update(
                    tx,
                    user,
                    to,
                    TAGS,
                    UserAccountData.CONTENT_BYTES_MAX,
                    present -> present.isEmpty() ? tags : present);
        }
    }

    /// `m.direct` maps users to lists of rooms.
    private static JsonObject direct(JsonObject content, String from, String to) {
        JsonObject changed = content;
        for (String name : content.names()) {
            if (content.value(name) instanceof JsonArray list
                    && list.values().contains(new JsonString(from))
                    && !list.values().contains(new JsonString(to))) {
                List<JsonValue> longer = new ArrayList<>(list.values());
                longer.add(new JsonString(to));
                changed = changed.with(name, new JsonArray(longer));
            }
        }
        return changed;
    }
}
