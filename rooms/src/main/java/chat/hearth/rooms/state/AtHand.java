package chat.hearth.rooms.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the running piece of work has read, kept until it ends.
///
/// Who shows many rooms first reads what all of them need, with few statements, and then writes one
/// room after the other. In between, what was read must not get lost: caches are shared, and may
/// have no room for it. The work is to be a bounded one, as a group of rooms is. Safe for use by
/// several threads, each with work of its own.
public final class AtHand {
    private final ScopedValue<Map<Shelf<?, ?>, Map<?, ?>>> current = ScopedValue.newInstance();

    /// Does a piece of work. What is done inside of another is part of that.
    public <R> R during(Supplier<R> work) {
        return current.isBound()
                ? work.get()
                : ScopedValue.where(current, new HashMap<>()).call(work::get);
    }

    /// Whether a piece of work is being done, so that it pays to read ahead.
    public boolean isWorking() {
        return current.isBound();
    }

    /// A place for things of one kind.
    public <K, V> Shelf<K, V> shelf() {
        return new Shelf<>();
    }

    /// Things of one kind. It keeps nothing while no work is done.
    public final class Shelf<K, V> {
        private Shelf() {}

        /// What the running work has kept under a key.
        public @Nullable V find(K key) {
            return current.isBound() ? things().get(key) : null;
        }

        /// All that the running work has kept. It may be read while no more is put there.
        public Map<K, V> all() {
            return current.isBound() ? things() : Map.of();
        }

        /// Keeps a thing until the running work ends.
        public void put(K key, V thing) {
            if (current.isBound()) {
                things().put(key, thing);
            }
        }

        @SuppressWarnings("unchecked") // what lies on a shelf was put there by it
        private Map<K, V> things() {
            return (Map<K, V>) current.get().computeIfAbsent(this, _ -> new HashMap<K, V>());
        }
    }
}
