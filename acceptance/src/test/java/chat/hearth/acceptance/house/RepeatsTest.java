package chat.hearth.acceptance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That the search for repeated code finds some.
final class RepeatsTest {
    @TempDir private Path folder = Path.of("unset");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aRunOfLinesThatStandsElsewhereIsFoundOnceWhateverItsDress() throws IOException {
        Path first = file("First", "import a;\nint a;\nint b;\nint c;\nint d;\n");
        Path second =
                file("Second", "class B {\n\n  int a;\n// why\n  int b;\n}\n  int c;\n int d;\n");
        assertEquals(
                List.of(second + ":3 repeats " + first + ":2"),
                Repeats.of(3, List.of(first, second)));
        assertEquals(List.of(), Repeats.of(5, List.of(first, second)));
    }

    @Test
    void aRunIsFoundInItsOwnFileToo() throws IOException {
        Path only = file("Only", "f(1);\ng(2);\nh(3);\nf(1);\ng(2);\n");
        assertEquals(List.of(only + ":4 repeats " + only + ":1"), Repeats.of(2, List.of(only)));
    }
}
