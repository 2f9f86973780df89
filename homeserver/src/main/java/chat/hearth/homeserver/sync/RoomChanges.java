package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the rooms that an answer may have to show: from the user's feed, and from the store when
/// the feed does not reach back that far.
final class RoomChanges {
    private static final int PAGE = 5_000;

    /// No user joins and leaves more rooms than this while away.
    private static final int CHANGED_MAX = 100_000;

    /// So many rooms are compared with one statement.
    private static final int ACTIVE_MAX = 1_000;

    private static final int EVERYTHING = -1;
    private static final Set<Membership> PRESENT =
            Set.of(Membership.JOIN, Membership.INVITE, Membership.KNOCK);
    private static final Set<Membership> ANY = Set.of(Membership.values());

    private final Stores stores;

    RoomChanges(Stores stores) {
        this.stores = stores;
    }

    /// What may have changed.
    ///
    /// @param rooms number of a room → the [ChangeKind] bits of what changed there
    /// @param globalKinds the bits of what changed outside of rooms
    record Found(Map<Integer, Integer> rooms, int globalKinds) {
        /// Whether account data changed, global or of a room.
        boolean hasAccountData() {
            return (globalKinds & ChangeKind.ACCOUNT_DATA) != 0
                    || rooms.values().stream()
                            .anyMatch(kinds -> (kinds & ChangeKind.ACCOUNT_DATA) != 0);
        }

        void add(int room, int kind) {
            rooms.merge(room, kind, (a, b) -> a | b);
        }
    }

    /// The rooms to look at for an answer.
    ///
    /// @param recent what the user's feed knows of the span; when that is nothing, the caller has
    ///   opened a snapshot
    Found find(SyncQuery query, SyncSpan span, FeedSpan recent) {
        if (span.initial()) {
            return initial(query);
        }
        Found found =
                switch (recent) {
                    case FeedSpan.Known known -> known(known);
                    case FeedSpan.Unknown _ -> stored(query, span);
                };
        if (query.fullState()) {
            memberships(query.user(), PRESENT)
                    .forEach(membership -> found.add(membership.room(), 0));
        }
        return found;
    }

    private Found initial(SyncQuery query) {
        var found = new Found(new LinkedHashMap<>(), EVERYTHING);
        boolean left = query.filter().room().includeLeave();
        memberships(query.user(), left ? ANY : PRESENT).stream()
                .filter(membership -> !membership.forgotten())
                .forEach(membership -> found.add(membership.room(), EVERYTHING));
        return found;
    }

    private static Found known(FeedSpan.Known span) {
        var found = new Found(new LinkedHashMap<>(), span.globalKinds());
        span.rooms().forEach(change -> found.add(change.room(), change.kinds()));
        return found;
    }

    /// Compares the last positions of all rooms that the user is in.
    private Found stored(SyncQuery query, SyncSpan span) {
        var found = new Found(new LinkedHashMap<>(), EVERYTHING);
        long since = span.since();
        int[] joined =
                memberships(query.user(), EnumSet.of(Membership.JOIN)).stream()
                        .mapToInt(StoredMembership::room)
                        .toArray();
        for (int from = 0; from < joined.length; from += ACTIVE_MAX) {
            int[] rooms =
                    Arrays.copyOfRange(joined, from, Math.min(joined.length, from + ACTIVE_MAX));
            for (int room : stores.timelines().active(rooms, since, span.until())) {
                found.add(room, ChangeKind.EVENT);
            }
            for (int room :
                    stores.receipts()
                            .active(
                                    rooms,
                                    query.user(),
                                    EphemeralEvents.PUBLIC,
                                    since,
                                    span.until())) {
                found.add(room, ChangeKind.RECEIPT);
            }
        }
        stores.memberships()
                .changed(query.user(), since, Long.MAX_VALUE, CHANGED_MAX)
                .forEach(
                        membership ->
                                found.add(
                                        membership.room(),
                                        ChangeKind.MEMBERSHIP | ChangeKind.EVENT));
        return found;
    }

    private List<StoredMembership> memberships(int user, Set<Membership> states) {
        var all = new ArrayList<StoredMembership>();
        int after = 0;
        while (true) {
            List<StoredMembership> page = stores.memberships().ofUser(user, states, after, PAGE);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            after = page.getLast().room();
        }
    }
}
