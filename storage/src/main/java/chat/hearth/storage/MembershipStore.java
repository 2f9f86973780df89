package chat.hearth.storage;

import chat.hearth.protocol.auth.Membership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is in which room now.
public interface MembershipStore {
    /// Sets a membership.
    void put(WriteTransaction tx, StoredMembership membership);

    /// A user's membership of a room, if there ever was one.
    Optional<StoredMembership> find(int room, int user);

    /// A user's memberships, by room.
    ///
    /// @param after the room after which to start, 0 for the first
    List<StoredMembership> ofUser(int user, Set<Membership> states, int after, int limit);

    /// All members of several rooms, by room, membership and user.
    ///
    /// @param after the last of those that were read before, null to start
    List<StoredMembership> ofRooms(int[] rooms, @Nullable StoredMembership after, int limit);

    /// A user's memberships that changed in a span of the stream, the oldest change first.
    List<StoredMembership> changed(int user, long after, long upTo, int limit);

    /// How many joined members several rooms have, by room; rooms without any are left out.
    Map<Integer, Integer> joined(int[] rooms);

    /// Whether both users are joined to one room. Looks at the first one's rooms until it is found.
    boolean shareRoom(int user, int other);
}
