package chat.hearth.rooms.state;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.stateres.StateMap;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Who has which membership in a room, by user number. Immutable; versions share what they have in
/// common.
public final class Members {
    /// A room that nobody ever had to do with.
    public static final Members EMPTY = new Members(StateMap.EMPTY, 0, 0);

    private static final List<Membership> MEMBERSHIPS =
            List.of(
                    Membership.INVITE,
                    Membership.JOIN,
                    Membership.KNOCK,
                    Membership.LEAVE,
                    Membership.BAN);
    private static final int MEMBERSHIP_BITS = 3;
    private static final int MEMBERSHIP_MASK = (1 << MEMBERSHIP_BITS) - 1;

    /// User number → position of the member event, with the membership in the lowest bits.
    private final StateMap byUser;

    private final int joined;
    private final int invited;

    private Members(StateMap byUser, int joined, int invited) {
        this.byUser = byUser;
        this.joined = joined;
        this.invited = invited;
    }

    /// These members with the one of `user` replaced.
    ///
    /// @param position the position of the member event
    public Members with(int user, Membership membership, long position) {
        Membership before = membership(user);
        return new Members(
                byUser.with(user, packed(membership, position)),
                joined + count(membership, Membership.JOIN) - count(before, Membership.JOIN),
                invited + count(membership, Membership.INVITE) - count(before, Membership.INVITE));
    }

    private static int count(Membership membership, Membership wanted) {
        return membership == wanted ? 1 : 0;
    }

    /// The membership of `user`; [Membership#LEAVE] when there never was one.
    public Membership membership(int user) {
        long packed = byUser.eventAt(user);
        return packed == StateMap.NONE ? Membership.LEAVE : membershipOf(packed);
    }

    /// Whether `user` ever had a membership.
    public boolean knows(int user) {
        return byUser.has(user);
    }

    /// The position of the member event of `user`, 0 when there never was one.
    public long position(int user) {
        return byUser.eventAt(user) >> MEMBERSHIP_BITS;
    }

    /// Whether `user` is joined.
    public boolean isJoined(int user) {
        return membership(user) == Membership.JOIN;
    }

    /// The number of joined users.
    public int joined() {
        return joined;
    }

    /// The number of invited users.
    public int invited() {
        return invited;
    }

    /// The numbers of the users with `membership`, in ascending order.
    public int[] with(Membership membership) {
        int[] users = new int[byUser.size()];
        var count = new int[1];
        byUser.forEach(
                (user, packed) -> {
                    if (membershipOf(packed) == membership) {
                        users[count[0]++] = user;
                    }
                });
        int[] found = Arrays.copyOf(users, count[0]);
        Arrays.sort(found);
        return found;
    }

    /// Up to `limit`, 1 or more, users with one of two memberships, other than `except`, by the age
    /// of their member events: the users that a room without a name is named after.
    public int[] earliest(Membership first, Membership second, int except, int limit) {
        var best = new TreeMap<Long, Integer>();
        byUser.forEach(
                (user, packed) -> {
                    Membership membership = membershipOf(packed);
                    if (user == except || membership != first && membership != second) {
                        return;
                    }
                    if (best.size() < limit) {
                        best.put(packed, user);
                    } else if (packed < best.lastKey()) {
                        best.pollLastEntry();
                        best.put(packed, user);
                    }
                });
        return best.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private static long packed(Membership membership, long position) {
        return position << MEMBERSHIP_BITS | MEMBERSHIPS.indexOf(membership);
    }

    private static Membership membershipOf(long packed) {
        return MEMBERSHIPS.get((int) packed & MEMBERSHIP_MASK);
    }

    /// Collects the members of a room. For one thread.
    public static final class Builder {
        private final StateMap.Builder byUser = StateMap.builder();
        private int joined;
        private int invited;

        /// Adds the membership of a user who was not added yet.
        ///
        /// @param position the position of the member event
        public void add(int user, Membership membership, long position) {
            byUser.put(user, packed(membership, position));
            joined += count(membership, Membership.JOIN);
            invited += count(membership, Membership.INVITE);
        }

        /// The members added so far.
        public Members build() {
            return new Members(byUser.build(), joined, invited);
        }
    }
}
