package chat.hearth.rooms.state;

import chat.hearth.storage.Change;
import chat.hearth.storage.CommitListener;
import chat.hearth.storage.EventStore;
import chat.hearth.storage.Snapshots;
import chat.hearth.storage.StoredEvent;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The events that were asked for lately, by position. Bounded by bytes; safe for use by several
/// threads.
public final class EventCache implements CommitListener {
    /// What an event takes besides its two JSON texts, estimated.
    private static final int OVERHEAD_BYTES = 300;

    private final EventStore store;
    private final Cache<Long, StoredEvent> events;
    private final AtHand work;
    private final AtHand.Shelf<Long, StoredEvent> atHand;
    private final Claims<Long> claims = new Claims<>();
    private final AtomicLong forgettings = new AtomicLong();

    /// How often something had been forgotten when the snapshot was opened that the running thread
    /// reads.
    private final ScopedValue<Long> beforeSnapshot = ScopedValue.newInstance();

    /// Positions of redactions that are not durable yet, and of what they take away; touched by the
    /// journal's thread only.
    private final NavigableMap<Long, Long> redactions = new TreeMap<>();

    /// A cache of up to `weightBytes` before `store`.
    ///
    /// @param atHand keeps what a piece of work has read, whatever the cache has room for
    public EventCache(EventStore store, long weightBytes, AtHand atHand) {
        this.store = store;
        this.work = atHand;
        this.atHand = atHand.shelf();
        this.events =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(weightBytes)
                        .weigher((Long _, StoredEvent event) -> weight(event))
                        .build();
    }

    private static int weight(StoredEvent event) {
        return OVERHEAD_BYTES + event.clientJson().length + event.federationJson().length;
    }

    /// The event at a position.
    public Optional<StoredEvent> find(long position) {
        StoredEvent known = known(position);
        if (known != null) {
            return Optional.of(known);
        }
        return stored(new long[] {position}).stream().findFirst();
    }

    private @Nullable StoredEvent known(long position) {
        StoredEvent kept = atHand.find(position);
        return kept == null ? events.getIfPresent(position) : kept;
    }

    /// The event at a position that is known to hold one.
    ///
    /// @throws IllegalStateException when there is none after all
    public StoredEvent require(long position) {
        return find(position)
                .orElseThrow(() -> new IllegalStateException("No event at " + position));
    }

    /// The events at those of `positions` that hold one, in the order asked.
    public List<StoredEvent> all(long[] positions) {
        var events = new ArrayList<StoredEvent>(positions.length);
        for (long position : positions) {
            StoredEvent known = known(position);
            if (known == null) {
                return partlyStored(positions);
            }
            events.add(known);
        }
        return events;
    }

    private List<StoredEvent> partlyStored(long[] positions) {
        Map<Long, StoredEvent> found = new HashMap<>();
        long[] missing = new long[positions.length];
        int count = 0;
        for (long position : positions) {
            StoredEvent known = known(position);
            if (known == null) {
                missing[count++] = position;
            } else {
                found.put(position, known);
            }
        }
        for (StoredEvent event : stored(Arrays.copyOf(missing, count))) {
            found.put(event.position(), event);
        }
        var inOrder = new ArrayList<StoredEvent>(positions.length);
        for (long position : positions) {
            StoredEvent event = found.get(position);
            if (event != null) {
                inOrder.add(event);
            }
        }
        return inOrder;
    }

    /// What others read at this moment is waited for, unless the caller holds a connection.
    private List<StoredEvent> stored(long[] positions) {
        if (beforeSnapshot.isBound() || positions.length == 0) {
            return read(positions);
        }
        List<Long> missing = LongStream.of(positions).boxed().toList();
        List<Long> mine = claims.claim(missing);
        var events = new ArrayList<StoredEvent>(positions.length);
        try {
            events.addAll(read(numbers(mine)));
        } finally {
            claims.release(mine);
        }
        if (mine.size() < positions.length) {
            var others = new LinkedHashSet<>(missing);
            mine.forEach(others::remove);
            claims.await(others);
            events.addAll(knownOrRead(others));
        }
        return events;
    }

    private List<StoredEvent> knownOrRead(Collection<Long> positions) {
        var events = new ArrayList<StoredEvent>(positions.size());
        var missing = new ArrayList<Long>();
        for (Long position : positions) {
            StoredEvent known = known(position);
            if (known == null) {
                missing.add(position);
            } else {
                events.add(known);
            }
        }
        events.addAll(read(numbers(missing)));
        return events;
    }

    private static long[] numbers(Collection<Long> positions) {
        return positions.stream().mapToLong(Long::longValue).toArray();
    }

    private List<StoredEvent> read(long[] positions) {
        long before = forgettingsBeforeReading();
        if (positions.length == 1) {
            Optional<StoredEvent> found = store.byPosition(positions[0]);
            found.ifPresent(event -> keep(event, before));
            return found.stream().toList();
        }
        var events = new ArrayList<StoredEvent>(positions.length);
        for (int from = 0; from < positions.length; from += EventStore.BATCH_MAX) {
            int to = Math.min(positions.length, from + EventStore.BATCH_MAX);
            events.addAll(store.byPositions(Arrays.copyOfRange(positions, from, to)));
        }
        events.forEach(event -> keep(event, before));
        return events;
    }

    /// The event at a position, if it is remembered.
    public Optional<StoredEvent> ifKnown(long position) {
        return Optional.ofNullable(known(position));
    }

    /// Reads events that the running work, if any, will ask for one by one.
    ///
    /// @param positions 0 stands for none
    public void readAhead(LongStream positions) {
        if (!work.isWorking()) {
            return;
        }
        var missing = new LinkedHashSet<Long>();
        positions.forEach(
                position -> {
                    StoredEvent known = position == 0 ? null : known(position);
                    if (known != null) {
                        atHand.put(position, known);
                    } else if (position != 0) {
                        missing.add(position);
                    }
                });
        var _ = stored(numbers(missing));
    }

    /// Runs `reads` at one moment, see [Snapshots#read]. Who reads events through this cache in a
    /// snapshot opens it here: a redaction may follow the moment that the snapshot shows, and be
    /// known here, before the event is read.
    public <R> R inSnapshot(Snapshots snapshots, Supplier<R> reads) {
        long before = forgettingsBeforeReading();
        return snapshots.read(() -> ScopedValue.where(beforeSnapshot, before).call(reads::get));
    }

    private long forgettingsBeforeReading() {
        return beforeSnapshot.isBound() ? beforeSnapshot.get() : forgettings.get();
    }

    /// Remembers an event.
    public void put(StoredEvent event) {
        events.put(event.position(), event);
    }

    /// Remembers an event that was read, unless one was forgotten since: it may be this one, read
    /// as it was before a redaction. Who looks for the event at this moment does not find it so
    /// either.
    private void keep(StoredEvent event, long before) {
        atHand.put(event.position(), event);
        events.asMap()
                .computeIfAbsent(event.position(), _ -> forgettings.get() == before ? event : null);
        if (forgettings.get() != before) {
            events.invalidate(event.position());
        }
    }

    /// Forgets an event when the redaction that the running write makes of it is durable, before
    /// anybody is told of that. A write that is undone and run again says so again, with the
    /// position that its redaction then has.
    ///
    /// @param position the event's position
    /// @param redaction the redaction's position
    public void forgetWith(long position, long redaction) {
        redactions.put(redaction, position);
    }

    /// Forgets the events that were redacted; what was appended is here already.
    @Override
    public void committed(List<Change> changes) {
        if (redactions.isEmpty()) {
            return;
        }
        NavigableMap<Long, Long> durable =
                redactions.headMap(changes.getLast().position(), /* inclusive= */ true);
        durable.values().forEach(this::forget);
        durable.clear();
    }

    private void forget(long position) {
        forgettings.incrementAndGet();
        events.invalidate(position);
    }

    /// Forgets everything: what nobody was told of may have taken something out of an event.
    @Override
    public void skipped(long upTo) {
        redactions.clear();
        forgettings.incrementAndGet();
        events.invalidateAll();
    }

    /// How many events are remembered, roughly.
    public long size() {
        return events.estimatedSize();
    }
}
