package chat.hearth.rooms.event;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.state.Claims;
import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// The active rooms. A room is read when it is first asked for and forgotten when others were used
/// more lately, but never while anybody holds it: there is one object per room at a time, since two
/// heads would fork the room. Safe for use by several threads.
public final class Rooms implements CommitListener {
    /// What a room without members takes, counted in members.
    private static final int ROOM_WEIGHT = 100;

    private final IdentifierStore identifiers;
    private final RoomLoader loader;

    /// Every room that anybody holds.
    private final Cache<Integer, Room> held =
            Caffeine.newBuilder().executor(Runnable::run).weakValues().build();

    /// Those used lately.
    private final Cache<Integer, Room> lately;

    /// Of those who read rooms together at this moment.
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    /// Rooms that are being read together.
    private final Claims<Integer> claims = new Claims<>();

    /// How often something became durable of which nobody was told.
    private final AtomicLong gaps = new AtomicLong();

    /// The rooms of `stores`.
    ///
    /// @param membersMax about how many members and state events are kept in memory for all rooms
    ///   together
    public static Rooms of(Stores stores, long membersMax) {
        return new Rooms(stores.identifiers(), new RoomLoader(stores), membersMax);
    }

    private Rooms(IdentifierStore identifiers, RoomLoader loader, long membersMax) {
        this.identifiers = identifiers;
        this.loader = loader;
        this.lately =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(membersMax)
                        .weigher((Integer _, Room room) -> weight(room))
                        .build();
    }

    private static int weight(Room room) {
        return ROOM_WEIGHT + room.state().events().size();
    }

    /// The room with an id, if this server knows it.
    public Optional<Room> find(RoomId id) {
        OptionalInt number = identifiers.findRoom(id);
        return number.isEmpty() ? Optional.empty() : Optional.of(room(number.getAsInt()));
    }

    /// The room with an id.
    ///
    /// @throws MatrixException 404 `M_NOT_FOUND` when this server does not know it
    public Room require(RoomId id) {
        return find(id).orElseThrow(() -> MatrixException.notFound("Unknown room"));
    }

    /// The room with a number.
    ///
    /// @throws IllegalStateException when there is none
    public Room room(int number) {
        return room(number, this::load);
    }

    /// The rooms with these numbers, in the same order. Those that are not in memory are read
    /// together, once for all who ask for them. Not to be called in a snapshot.
    ///
    /// @param numbers a bounded number of them: all are in memory at once
    /// @throws IllegalStateException when there is no room with one of these numbers
    public List<Room> rooms(Collection<Integer> numbers) {
        if (numbers.size() == 1) {
            return List.of(room(numbers.iterator().next()));
        }
        List<Integer> missing =
                numbers.stream().filter(number -> held.getIfPresent(number) == null).toList();
        if (missing.size() < 2) {
            return numbers.stream().map(this::room).toList();
        }
        List<Integer> mine = claims.claim(missing);
        List<Room> read = List.of();
        try {
            if (mine.size() > 1) {
                read = together(mine);
            }
        } finally {
            claims.release(mine);
        }
        claims.await(missing);
        try {
            return numbers.stream().map(this::room).toList();
        } finally {
            // Until here, what was just read is held.
            Reference.reachabilityFence(read);
        }
    }

    private List<Room> together(List<Integer> numbers) {
        var watch = new Watch();
        watches.add(watch);
        try {
            long before = gaps.get();
            Map<Integer, Room> read =
                    loader.load(numbers.stream().mapToInt(Integer::intValue).toArray());
            IntFunction<Room> asRead =
                    number -> {
                        Room room = read.get(number);
                        return room == null || watch.hasSeen(number) || gaps.get() != before
                                ? load(number)
                                : room;
                    };
            return numbers.stream().map(number -> room(number, asRead)).toList();
        } finally {
            watches.remove(watch);
        }
    }

    private Room room(int number, IntFunction<Room> load) {
        Room room = held.get(number, load::apply);
        if (room.isStale()) {
            held.asMap().remove(number, room);
            room = held.get(number, this::load);
        }
        lately.put(number, room);
        return room;
    }

    private Room load(int number) {
        long before = gaps.get();
        Room room = Objects.requireNonNull(loader.load(new int[] {number}).get(number));
        if (gaps.get() != before) {
            room.retire();
        }
        return room;
    }

    /// Which rooms have changed since rooms were read together. One that has was held by whoever
    /// changed it, and perhaps is no longer: what was read of it is outdated. While a room is held
    /// by nobody, nothing is on its way into it, so that all there was has been seen.
    private static final class Watch {
        private final Set<Integer> changed = ConcurrentHashMap.newKeySet();

        void see(Change change) {
            changed.add(change.room());
        }

        boolean hasSeen(int room) {
            return changed.contains(room);
        }
    }

    /// Brings the active rooms up to what has become durable, before anybody is told of it.
    @Override
    public void committed(List<Change> changes) {
        for (Change change : changes) {
            if (change.kind() != Change.Kind.EVENT) {
                continue;
            }
            watches.forEach(watch -> watch.see(change));
            Room room = held.getIfPresent(change.room());
            if (room != null) {
                room.committed(change.position());
            }
        }
    }

    /// Lets every room be read anew: it may have events that the room in memory lacks.
    @Override
    public void skipped(long upTo) {
        gaps.incrementAndGet();
        held.asMap().values().forEach(Room::retire);
    }

    /// The room with a number, should it be in memory, as one is while anybody writes to it.
    public Optional<Room> held(int number) {
        return Optional.ofNullable(held.getIfPresent(number));
    }

    /// How many rooms are active.
    public long active() {
        return held.estimatedSize();
    }
}
