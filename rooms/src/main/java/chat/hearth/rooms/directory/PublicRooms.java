package chat.hearth.rooms.directory;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.storage.Journal;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The public rooms of this server that somebody is in, the largest first. What a room looks like
/// is remembered until its state changes, so that a page costs a look at the list of rooms and at
/// those that changed. Safe for use by several threads.
///
/// See [Published room
/// directory](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory).
public final class PublicRooms {
    /// So many of the listed rooms are looked at, in the order in which they were made.
    public static final int LISTED_MAX = 10_000;

    private static final int PAGE = 1_000;

    /// Descriptions may take about this many bytes in memory.
    private static final long REMEMBERED_BYTES_MAX = 32L << 20;

    /// What a description takes besides its texts, estimated.
    private static final int OVERHEAD_BYTES = 300;

    private static final Pattern TOKEN = Pattern.compile("([fb])([0-9]{1,9})_([0-9]{1,9})");

    /// The order of the directory: a page begins behind a place in it, so rooms that come and go
    /// meanwhile neither repeat nor hide others.
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::joined).reversed().thenComparingInt(Place::room);

    private record Place(int joined, int room) {
        String text(char direction) {
            return direction + "" + joined + "_" + room;
        }
    }

    private final Stores stores;
    private final Journal journal;
    private final Rooms rooms;
    private final RoomDescriptions descriptions;
    private final ReentrantLock describing = new ReentrantLock();
    private final Cache<Integer, Description> described =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(REMEMBERED_BYTES_MAX)
                    .weigher((Integer _, Description each) -> each.weight())
                    .build();

    /// The public rooms among `rooms`.
    public PublicRooms(Stores stores, Journal journal, Rooms rooms) {
        this.stores = stores;
        this.journal = journal;
        this.rooms = rooms;
        this.descriptions = new RoomDescriptions(stores);
    }

    /// Which rooms are asked for.
    ///
    /// @param term a text that name, topic or alias must hold, whatever the case; null for any
    /// @param types the wanted room types, null among them for plain rooms; null for all
    public record Query(@Nullable String term, @Nullable Set<@Nullable String> types) {
        /// Every room.
        public static final Query ALL = new Query(null, null);
    }

    /// A page of the directory.
    ///
    /// @param rooms the rooms, largest first
    /// @param next where the next page begins, null on the last
    /// @param previous where the page before ends, null on the first
    /// @param total how many rooms the query finds
    public record Page(
            List<PublicRoom> rooms, @Nullable String next, @Nullable String previous, int total) {}

    private record Found(Place place, PublicRoom room) {}

    /// How a room looks in one version of its state; who is joined is part of the state.
    private record Description(long version, PublicRoom room) {
        private int weight() {
            return OVERHEAD_BYTES
                    + length(room.name())
                    + length(room.topic())
                    + length(room.canonicalAlias())
                    + length(room.avatarUrl());
        }

        private static int length(@Nullable String text) {
            return text == null ? 0 : text.length();
        }
    }

    /// A page of the rooms that `query` finds.
    ///
    /// @param since what an earlier page gave as its next or previous one, null to begin
    /// @throws MatrixException 400 `M_INVALID_PARAM` for a `since` that no page gave
    public Page page(Query query, @Nullable String since, int limit) {
        List<Found> found = new ArrayList<>();
        described(listed())
                .forEach(
                        (number, room) -> {
                            if (room.joined() > 0 && matches(query, room)) {
                                found.add(new Found(new Place(room.joined(), number), room));
                            }
                        });
        found.sort(Comparator.comparing(Found::place, ORDER));
        int from = 0;
        if (since != null) {
            Matcher token = TOKEN.matcher(since);
            if (!token.matches()) {
                throw MatrixException.invalidParam("since is not a token of this server");
            }
            var place =
                    new Place(Integer.parseInt(token.group(2)), Integer.parseInt(token.group(3)));
            boolean forward = token.group(1).equals("f");
            int index = firstBehind(found, place);
            from = forward ? index : Math.max(0, before(found, place) - limit);
        }
        int to = Math.min(found.size(), from + limit);
        List<Found> page = found.subList(from, to);
        return new Page(
                page.stream().map(Found::room).toList(),
                to < found.size() && !page.isEmpty() ? page.getLast().place().text('f') : null,
                from > 0 && !page.isEmpty() ? page.getFirst().place().text('b') : null,
                found.size());
    }

    private static int firstBehind(List<Found> found, Place place) {
        return (int) found.stream().filter(f -> ORDER.compare(f.place(), place) <= 0).count();
    }

    private static int before(List<Found> found, Place place) {
        return (int) found.stream().filter(f -> ORDER.compare(f.place(), place) < 0).count();
    }

    private List<StoredRoom> listed() {
        var listed = new ArrayList<StoredRoom>();
        int after = 0;
        while (listed.size() < LISTED_MAX) {
            List<StoredRoom> page = stores.rooms().listed(after, PAGE);
            listed.addAll(page);
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast().room();
        }
        return listed;
    }

    private static boolean matches(Query query, PublicRoom room) {
        if (query.types() != null && !query.types().contains(room.roomType())) {
            return false;
        }
        String term = query.term();
        if (term == null || term.isEmpty()) {
            return true;
        }
        String wanted = term.toLowerCase(Locale.ROOT);
        return holds(room.name(), wanted)
                || holds(room.topic(), wanted)
                || holds(room.canonicalAlias(), wanted);
    }

    private static boolean holds(@Nullable String text, String wanted) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    /// Who first asks after a start waits for all rooms to be described, and so do all who ask
    /// meanwhile: once is enough.
    private Map<Integer, PublicRoom> described(List<StoredRoom> listed) {
        Map<Integer, PublicRoom> known = new HashMap<>();
        if (remembered(listed, known).isEmpty()) {
            return known;
        }
        describing.lock();
        try {
            List<StoredRoom> missing = remembered(listed, known);
            for (int from = 0; from < missing.size(); from += RoomDescriptions.GROUP) {
                int to = Math.min(missing.size(), from + RoomDescriptions.GROUP);
                describe(missing.subList(from, to), known);
            }
            return known;
        } finally {
            describing.unlock();
        }
    }

    /// Puts the rooms that are remembered as they are into `known`, and answers the others.
    private List<StoredRoom> remembered(List<StoredRoom> listed, Map<Integer, PublicRoom> known) {
        List<StoredRoom> missing = new ArrayList<>();
        for (StoredRoom room : listed) {
            Description description = described.getIfPresent(room.room());
            if (description != null && description.version() == room.currentState()) {
                known.put(room.room(), description.room());
            } else {
                missing.add(room);
            }
        }
        return missing;
    }

    private void describe(List<StoredRoom> rooms, Map<Integer, PublicRoom> known) {
        List<PublicRoom> made = descriptions.of(rooms);
        for (int i = 0; i < made.size(); i++) {
            StoredRoom room = rooms.get(i);
            known.put(room.room(), made.get(i));
            described.put(room.room(), new Description(room.currentState(), made.get(i)));
        }
    }

    /// Whether a room is listed.
    ///
    /// @throws MatrixException 404 for an unknown room
    public boolean isListed(RoomId id) {
        return stores.rooms()
                .find(id)
                .orElseThrow(() -> MatrixException.notFound("Unknown room"))
                .listed();
    }

    /// Puts a room into the directory or takes it out. Those who may change the room's canonical
    /// alias may, and administrators of the server.
    ///
    /// @throws MatrixException 404 for an unknown room, 403 when the user may not
    public void list(UserId user, RoomId id, boolean listed, boolean admin) {
        Room room = rooms.require(id);
        if (!admin && !mayList(room, user)) {
            throw MatrixException.forbidden("You may not publish this room");
        }
        journal.write(
                tx -> {
                    stores.rooms().list(tx, room.number(), listed);
                    return listed;
                });
    }

    private boolean mayList(Room room, UserId user) {
        int number = stores.identifiers().findUser(user).orElse(0);
        return room.state().maySetState(user, number, EventTypes.CANONICAL_ALIAS);
    }
}
