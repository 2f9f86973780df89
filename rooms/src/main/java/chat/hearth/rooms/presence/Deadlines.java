package chat.hearth.rooms.presence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// When each user's presence may change by itself, the next first: nobody is looked at before. One
/// entry per user at most. For one thread at a time.
final class Deadlines {
    private static final Comparator<Deadline> ORDER =
            Comparator.comparingLong(Deadline::at).thenComparingInt(Deadline::user);

    private record Deadline(long at, int user) {}

    private final TreeSet<Deadline> next = new TreeSet<>(ORDER);
    private final Map<Integer, Deadline> ofUser = new HashMap<>();

    /// Sees to it that a user is looked at by `at`; one who is looked at earlier stays so, and is
    /// given a new time then.
    ///
    /// @param at milliseconds since the epoch
    void noLaterThan(long at, int user) {
        Deadline known = ofUser.get(user);
        if (known == null || at < known.at()) {
            forget(user);
            var deadline = new Deadline(at, user);
            ofUser.put(user, deadline);
            next.add(deadline);
        }
    }

    /// Takes those whose time has come.
    List<Integer> reached(long now) {
        List<Integer> reached = new ArrayList<>();
        while (!next.isEmpty() && next.getFirst().at() <= now) {
            int user = next.removeFirst().user();
            ofUser.remove(user);
            reached.add(user);
        }
        return reached;
    }

    /// Looks at a user no more.
    void forget(int user) {
        Deadline known = ofUser.remove(user);
        if (known != null) {
            next.remove(known);
        }
    }
}
