package chat.hearth.acceptance.cost;

import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Clients that wait in a long poll, each on a thread of its own, and poll again when it answered.
final class Waiters implements AutoCloseable {

    private static final long POLL_MILLIS = 60_000;

    private final Semaphore answered = new Semaphore(0);
    private final List<Connection> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    /// Lets everyone poll from now on.
    Waiters(List<Account> accounts) throws IOException {
        for (Account account : accounts) {
            Connection connection = account.connect();
            connections.add(connection);
            String now = next(connection, "timeout=0");
            threads.add(Thread.ofPlatform().daemon().start(() -> poll(connection, now)));
        }
    }

    List<Thread> threads() {
        return List.copyOf(threads);
    }

    /// Waits until everyone was answered once more.
    void awaitAll() throws InterruptedException {
        answered.acquire(connections.size());
    }

    private void poll(Connection connection, String from) {
        String since = from;
        try {
            while (true) {
                since = next(connection, "timeout=" + POLL_MILLIS + "&since=" + escape(since));
                answered.release();
            }
        } catch (IOException gone) {
            if (!closing) {
                throw new IllegalStateException("a poll broke off", gone);
            }
        }
    }

    private static String next(Connection connection, String query) throws IOException {
        return Account.sync(connection, query).string("next_batch").orElseThrow();
    }

    /// Breaks all polls off; their threads end by themselves.
    @Override
    public void close() {
        closing = true;
        connections.forEach(Connection::close);
    }
}
