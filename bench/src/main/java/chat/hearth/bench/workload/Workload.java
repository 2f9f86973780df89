package chat.hearth.bench.workload;

import java.io.IOException;
import java.util.List;

/// One workload. Starts its own servers and cleans up after itself.
public interface Workload {

    /// Its name on the command line, in lower case.
    String name();

    /// One line that says what it measures.
    String title();

    /// Runs it.
    List<Result> run(Ground ground) throws IOException, InterruptedException;
}
