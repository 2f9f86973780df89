package chat.hearth.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The launcher lists the workloads from a file, so that nothing is built to be told of them.
final class WorkloadListTest {
    @Test
    void theFileListsEveryWorkloadByItsTitle() throws IOException {
        String listed =
                new Main()
                        .workloads().stream()
                                .map(workload -> Main.listed(workload) + "\n")
                                .collect(Collectors.joining());
        assertEquals(listed, Files.readString(Path.of("workloads.txt")));
    }
}
