package chat.hearth.storage.jdbc;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The users who asked to be erased: all of them, in memory, since this is asked about the sender
/// of every event that is served. It takes four bytes for each. Safe for use by several threads.
final class ErasedUsers implements TransactionEnd {
    private static final Sql PAGE =
            Sql.of(
                    "SELECT user_nid FROM accounts WHERE erased = 1 AND user_nid > ?"
                            + " ORDER BY user_nid LIMIT ?");
    private static final int PAGE_ROWS = 10_000;

    /// Ascending, never changed in place.
    private volatile int[] durable;

    /// Touched by the writer's thread only.
    private final Set<Integer> uncommitted = new TreeSet<>();

    private ErasedUsers(int[] durable) {
        this.durable = durable;
    }

    /// Those whom the database knows.
    static ErasedUsers load(Reads reads) {
        var all = IntStream.builder();
        int after = 0;
        while (true) {
            int from = after;
            var page = reads.list(PAGE, p -> p.number(from).number(PAGE_ROWS), Row::integer);
            page.forEach(all::add);
            if (page.size() < PAGE_ROWS) {
                return new ErasedUsers(all.build().toArray());
            }
            after = page.getLast();
        }
    }

    /// Whether a user is one of them, as of the last commit.
    boolean contains(int user) {
        return Arrays.binarySearch(durable, user) >= 0;
    }

    /// Adds a user when the transaction is durable.
    void addOnCommit(JdbcTransaction tx, int user) {
        uncommitted.add(user);
        tx.onEnd(this);
    }

    @Override
    public void ended(boolean durable) {
        if (durable) {
            IntStream more = uncommitted.stream().mapToInt(Integer::intValue);
            this.durable =
                    IntStream.concat(Arrays.stream(this.durable), more)
                            .sorted()
                            .distinct()
                            .toArray();
        }
        uncommitted.clear();
    }
}
