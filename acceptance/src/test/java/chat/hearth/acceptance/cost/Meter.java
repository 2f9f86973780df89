package chat.hearth.acceptance.cost;

import chat.hearth.acceptance.wire.Connection;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Reads what a server in this process has spent so far: its statements from its own metrics, what
/// it allocated as everything that this process allocated except for the threads of the clients.
final class Meter implements AutoCloseable {

    private static final List<String> STATEMENTS =
            List.of("hearth_writer_statements_total ", "hearth_reader_statements_total ");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Connection operators;
    private final List<Thread> clients;

    /// @param opsPort the operations listener of the server
    /// @param clients platform threads that stay alive, and do all the work of clients
    Meter(int opsPort, List<Thread> clients) throws IOException {
        this.operators = Connection.open(opsPort);
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

    private double statements() throws IOException {
        String metrics = operators.get("/metrics").text();
        return STATEMENTS.stream().mapToDouble(name -> value(metrics, name)).sum();
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no metric " + name));
    }

    @Override
    public void close() {
        operators.close();
    }
}
