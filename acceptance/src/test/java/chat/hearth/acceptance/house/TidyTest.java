package chat.hearth.acceptance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every source file promises to its reader.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TidyTest {
    private static final int METHOD_LINES_MAX = 70;
    private static final int REPEATED_LINES = 6;
    private static final int FILE_LINES_MAX = 400;
    private static final int ARCHITECTURE_LINES_MAX = 300;

    /// Spelt in two halves, so that this file does not find itself.
    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    /// Absolute paths that exist on one machine only.
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.:/\\\\-])/(wo" + "rk|ro" + "ot|ho" + "me/[a-z]+)/\\w");

    private static final Pattern SPEC_LINK =
            Pattern.compile("https?://spec\\.matrix\\.org[^\\s)>\"]*");
    private static final Pattern SPEC_LINK_FORM =
            Pattern.compile(
                    "https://spec\\.matrix\\.org/v1\\.19/"
                            + "([a-z0-9-]+/)?([a-z0-9-]+/)?(#[a-z0-9_.-]+)?");

    private List<Path> sources = List.of();

    @BeforeAll
    void findTheSources() {
        sources = walk(".java").toList();
        assertTrue(sources.size() > 20, "found only " + sources);
    }

    @Test
    void noFileIsLongerThanAPersonReads() {
        refuse(
                sources.stream()
                        .filter(file -> lines(file).size() > FILE_LINES_MAX)
                        .map(file -> file + " has " + lines(file).size() + " lines"));
    }

    @Test
    void noMethodIsLongerThanAScreen() throws IOException {
        refuse(MethodLengths.over(METHOD_LINES_MAX, sources).stream());
    }

    @Test
    void noSixLinesAreWrittenTwice() {
        refuse(
                Repeats.of(
                        REPEATED_LINES,
                        sources.stream()
                                .filter(file -> file.toString().contains("/src/main/java/"))
                                .toList())
                        .stream());
    }

    @Test
    void everyPackageSaysWhatLivesThere() {
        refuse(
                sources.stream()
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !isExplained(folder))
                        .map(
                                folder ->
                                        folder
                                                + " has no package-info with a text and @NullMarked"));
    }

    @Test
    void nothingIsLeftForLater() {
        refuse(matches(LATER, ".java", ".md", ".sql", ".xml", ".py", ".mjs"));
    }

    @Test
    void nothingNamesOneMachine() {
        refuse(matches(MACHINE_PATH, ".java", ".md", ".sql", ".xml", ".py", ".mjs", ".yaml"));
    }

    @Test
    void linksToTheSpecificationNameOneVersion() {
        refuse(
                Stream.concat(sources.stream(), walk(".md"))
                        .flatMap(
                                file ->
                                        SPEC_LINK
                                                .matcher(read(file))
                                                .results()
                                                .map(
                                                        found ->
                                                                found.group()
                                                                        .replaceAll("[.,;`]+$", ""))
                                                .filter(
                                                        link ->
                                                                !SPEC_LINK_FORM
                                                                        .matcher(link)
                                                                        .matches())
                                                .map(link -> file + ": " + link)));
    }

    @Test
    void theMapOfTheHouseIsShort() {
        Path map = House.root().resolve("ARCHITECTURE.md");
        assertTrue(lines(map).size() <= ARCHITECTURE_LINES_MAX, map + " is too long to be a map");
    }

    /// Tests of a package share the text of the package itself.
    private static boolean isExplained(Path folder) {
        Path main = Path.of(folder.toString().replace("/src/test/", "/src/main/"));
        return Stream.of(folder, main)
                .map(each -> each.resolve("package-info.java"))
                .filter(Files::exists)
                .map(TidyTest::read)
                .anyMatch(text -> text.startsWith("/// ") && text.contains("@NullMarked"));
    }

    private static Stream<String> matches(Pattern pattern, String... endings) {
        return Stream.of(endings)
                .flatMap(TidyTest::walk)
                .flatMap(
                        file -> {
                            List<String> lines = lines(file);
                            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                                    .filter(i -> pattern.matcher(lines.get(i)).find())
                                    .map(i -> file + ":" + (i + 1) + ": " + lines.get(i).strip());
                        });
    }

    private static Stream<Path> walk(String ending) {
        return House.files().stream().filter(file -> file.toString().endsWith(ending));
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void refuse(Stream<String> found) {
        List<String> all = found.sorted().toList();
        assertEquals(List.of(), all, String.join(System.lineSeparator(), all));
    }
}
