package chat.hearth.homeserver.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;

/// Remembers which membership events devices were sent, so that lazy loading need not repeat them.
/// What was sent counts only once the device comes back with a token from after it: an answer may
/// get lost. Forgetting costs only repetition. Safe for use by several threads.
final class LazyMemory {
    /// Members remembered for all devices together.
    private static final int MEMBERS_MAX = 500_000;

    private final Cache<Place, Map<Integer, Sending>> sent =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(MEMBERS_MAX)
                    .weigher((Place _, Map<Integer, Sending> members) -> 4 + members.size())
                    .build();

    private record Place(int device, int room) {}

    /// @param event the position of the membership event
    /// @param with the position that the answer reached
    private record Sending(long event, long with) {}

    /// Whether a device has the membership event of `user` at the position `event`.
    ///
    /// @param acknowledged the position of the token that the device came with
    boolean has(int device, int room, int user, long event, long acknowledged) {
        Map<Integer, Sending> members = sent.getIfPresent(new Place(device, room));
        Sending last = members == null ? null : members.get(user);
        return last != null && last.event() == event && last.with() <= acknowledged;
    }

    /// Forgets what a device has of a room: it begins anew there and has thrown away what it had.
    void forget(int device, int room) {
        sent.invalidate(new Place(device, room));
    }

    /// Notes that the answer up to the position `with` has these membership events.
    ///
    /// @param events user → position of the membership event
    void sent(int device, int room, Map<Integer, Long> events, long with) {
        if (device == 0 || events.isEmpty()) {
            return;
        }
        sent.asMap()
                .compute(
                        new Place(device, room),
                        (_, members) -> {
                            Map<Integer, Sending> more =
                                    members == null ? new HashMap<>() : new HashMap<>(members);
                            events.forEach(
                                    (user, event) -> note(more, user, new Sending(event, with)));
                            return more;
                        });
    }

    private static void note(Map<Integer, Sending> members, int user, Sending sending) {
        members.merge(
                user,
                sending,
                (before, now) ->
                        before.event() == now.event() && before.with() <= now.with()
                                ? before
                                : now);
    }
}
