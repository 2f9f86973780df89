package chat.hearth.rooms.presence;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.storage.MembershipStore;
import chat.hearth.storage.StoredMembership;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
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
            Caffeine.newBuilder().maximumSize(SIZES_MAX).expireAfterWrite(SIZE_FRESH).build();

    /// Audiences among `memberships`.
    public PresenceAudience(MembershipStore memberships) {
        this.memberships = memberships;
    }

    /// The numbers of the rooms to tell of `user`, ascending.
    public int[] rooms(int user) {
        return memberships.ofUser(user, Set.of(Membership.JOIN), 0, ROOMS_MAX).stream()
                .mapToInt(StoredMembership::room)
                .filter(this::isSmall)
                .toArray();
    }

    private boolean isSmall(int room) {
        return small.get(room, number -> memberships.counts(number).joined() <= MEMBERS_MAX);
    }
}
