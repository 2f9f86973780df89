package chat.hearth.rooms.event;

import chat.hearth.storage.TransactionKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// The transactions of clients that are under way or were answered lately. Safe for use by several
/// threads.
final class AnsweredSends {
    /// So many answered transactions are remembered besides those in the store.
    private static final int REMEMBERED_MAX = 50_000;

    private final ConcurrentMap<TransactionKey, CompletableFuture<Sent>> underWay =
            new ConcurrentHashMap<>();
    private final Cache<TransactionKey, Sent> answered =
            Caffeine.newBuilder().executor(Runnable::run).maximumSize(REMEMBERED_MAX).build();

    /// What a transaction was answered with, as far as it is remembered.
    Optional<Sent> find(TransactionKey transaction) {
        return Optional.ofNullable(answered.getIfPresent(transaction));
    }

    /// The answer to a transaction: the one it was given before, or else what `send` answers. Of
    /// equal transactions that come at once, one is sent and the others wait for its answer: each
    /// would otherwise fail at the store, and take with it what was queued behind it.
    Sent once(TransactionKey transaction, Supplier<Sent> send) {
        Sent known = answered.getIfPresent(transaction);
        return known != null ? known : alone(transaction, send);
    }

    private Sent alone(TransactionKey transaction, Supplier<Sent> send) {
        var own = new CompletableFuture<Sent>();
        CompletableFuture<Sent> first = underWay.putIfAbsent(transaction, own);
        if (first != null) {
            return outcome(first);
        }
        try {
            Sent sent = send.get();
            answered.put(transaction, sent);
            own.complete(sent);
            return sent;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(transaction, own);
        }
    }

    private static Sent outcome(CompletableFuture<Sent> first) {
        try {
            return first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
