package chat.hearth.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bounded cache of what is durable, plus what the running transaction adds to it, which others
/// see after the commit and which a rollback forgets.
final class CommittedCache<K, V> implements TransactionEnd {
    private final Cache<K, V> committed;

    /// Touched by the writer's thread only.
    private final Map<K, V> uncommitted = new HashMap<>();

    CommittedCache(int entriesMax) {
        committed = Caffeine.newBuilder().executor(Runnable::run).maximumSize(entriesMax).build();
    }

    /// What is durable and cached.
    @Nullable V find(K key) {
        return committed.getIfPresent(key);
    }

    /// What the transaction or the cache knows.
    @Nullable V findInWrite(K key) {
        V value = uncommitted.get(key);
        return value == null ? committed.getIfPresent(key) : value;
    }

    /// Keeps what was read outside of writes, or is durable for another reason.
    void keep(K key, V value) {
        committed.put(key, value);
    }

    /// Keeps what the transaction makes true.
    void keepOnCommit(JdbcTransaction tx, K key, V value) {
        uncommitted.put(key, value);
        tx.onEnd(this);
    }

    @Override
    public void ended(boolean durable) {
        if (durable) {
            committed.putAll(uncommitted);
        }
        uncommitted.clear();
    }
}
