package chat.hearth.acceptance.cost;

import chat.hearth.acceptance.wire.Connection;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Reads what a server in this process has spent so far: the statements of its requests from its
/// own metrics, what it allocated as everything that this process allocated except for the threads
/// of the clients.
final class Meter implements AutoCloseable {

    private static final String STATEMENTS = "hearth_request_statements_total{";
    private static final String VERSIONS = "/_matrix/client/versions";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Connection operators;
    private final Connection client;
    private final List<Thread> clients;

    /// @param opsPort the operations listener of the server
    /// @param client the connection that the measured requests are sent over
    /// @param clients platform threads that stay alive, and do all the work of clients
    Meter(int opsPort, Connection client, List<Thread> clients) throws IOException {
        this.operators = Connection.open(opsPort);
        this.client = client;
        this.clients = List.copyOf(clients);
    }

    /// Work to be measured.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// What `work` costs. Scraping the metrics is not counted.
    Cost of(Work work) throws IOException, InterruptedException {
        double statementsBefore = statements();
        long bytesBefore = allocated();
        work.run();
        long bytes = allocated() - bytesBefore;
        return new Cost(statements() - statementsBefore, bytes);
    }

    private long allocated() {
        long all = threads.getTotalThreadAllocatedBytes();
        for (Thread client : clients) {
            all -= threads.getThreadAllocatedBytes(client.threadId());
        }
        return all;
    }

    /// Of requests alone: what the server does meanwhile for itself is no part of them. A request
    /// is counted after its answer and before the next one of its connection, hence the question
    /// that costs nothing.
    private double statements() throws IOException {
        client.get(VERSIONS).expectOk("versions");
        return operators
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(STATEMENTS))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public void close() {
        operators.close();
    }
}
