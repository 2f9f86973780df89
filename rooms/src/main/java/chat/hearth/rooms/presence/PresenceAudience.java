package chat.hearth.rooms.presence;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.storage.MembershipStore;
import chat.hearth.storage.StoredMembership;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The rooms whose members hear of a user's presence. Safe for use by several threads.
public final class PresenceAudience {
    /// In a room with more joined members than this, presence is not told: each change would wake
    /// all of them.
    public static final int MEMBERS_MAX = 500;

    /// So many rooms of a user are told, those known longest first.
    public static final int ROOMS_MAX = 1_000;

    private static final int SIZES_MAX = 20_000;
    private static final Duration SIZE_FRESH = Duration.ofMinutes(5);

    private final MembershipStore memberships;
    private final Cache<Integer, Boolean> small =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumSize(SIZES_MAX)
                    .expireAfterWrite(SIZE_FRESH)
                    .build();

    /// Audiences among `memberships`.
    public PresenceAudience(MembershipStore memberships) {
        this.memberships = memberships;
    }

    /// The numbers of the rooms to tell of `user`, ascending.
    public int[] rooms(int user) {
        int[] joined =
                memberships.ofUser(user, Set.of(Membership.JOIN), 0, ROOMS_MAX).stream()
                        .mapToInt(StoredMembership::room)
                        .toArray();
        Map<Integer, Boolean> known = new HashMap<>();
        for (int room : joined) {
            Boolean isSmall = small.getIfPresent(room);
            if (isSmall != null) {
                known.put(room, isSmall);
            }
        }
        int[] unknown = Arrays.stream(joined).filter(room -> !known.containsKey(room)).toArray();
        Map<Integer, Integer> counts = memberships.joined(unknown);
        for (int room : unknown) {
            boolean isSmall = counts.getOrDefault(room, 0) <= MEMBERS_MAX;
            small.put(room, isSmall);
            known.put(room, isSmall);
        }
        return Arrays.stream(joined).filter(room -> known.getOrDefault(room, false)).toArray();
    }
}
