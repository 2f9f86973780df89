package chat.hearth.acceptance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds code that was written twice: runs of lines that stand in two places to the letter.
final class Repeats {
    /// What says nothing of its own: blank lines, comments, imports, and brackets alone.
    private static final Pattern SILENT =
            Pattern.compile("(?://|\\*|/\\*|import |package ).*|[^\\p{L}\\p{N}]*");

    private Repeats() {}

    private record Line(int number, String text) {}

    private record Place(Path file, int line) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /// Where `length` lines of code that stand elsewhere too begin, each run once.
    static List<String> of(int length, List<Path> sources) {
        Map<List<String>, Place> first = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (Path source : sources) {
            List<Line> code = code(source);
            List<String> texts = code.stream().map(Line::text).toList();
            boolean within = false;
            for (int at = 0; at + length <= code.size(); at++) {
                var here = new Place(source, code.get(at).number());
                Place there = first.putIfAbsent(texts.subList(at, at + length), here);
                if (there != null && !within) {
                    found.add(here + " repeats " + there);
                }
                within = there != null;
            }
        }
        return found;
    }

    private static List<Line> code(Path source) {
        List<String> lines;
        try {
            lines = Files.readAllLines(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        List<Line> code = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            if (!SILENT.matcher(text).matches()) {
                code.add(new Line(i + 1, text));
            }
        }
        return code;
    }
}
