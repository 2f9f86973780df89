package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.http.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The page that says what is served says what is served.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServedOperationsTest {
    private static final Path PAGE = Path.of("..", "docs", "client-server-api.md");

    /// A method, alone or with its path.
    private static final Pattern OPERATION =
            Pattern.compile("`(GET|PUT|POST|DELETE)(?: (/[^`]*))?`");

    /// An operation of the specification: a line of its own.
    private static final Pattern LINE =
            Pattern.compile("^- (`\\w+ /[^`]*`)(?: \\(deprecated\\))?$", Pattern.MULTILINE);

    private static final Pattern COUNT = Pattern.compile("(\\d+) of (\\d+) are served");

    private String page = "";
    private String served = "";
    private String left = "";

    @BeforeAll
    void read() throws IOException {
        page = Files.readString(PAGE);
        served = page.substring(page.indexOf("\n## Served"), page.indexOf("\n## Not served yet"));
        left = page.substring(page.indexOf("\n## Not served yet"));
    }

    /// All that a text names; a method without a path has the path of the next that has one.
    private static Set<String> operations(String text) {
        var named = new TreeSet<String>();
        var waiting = new ArrayList<String>();
        for (MatchResult found : OPERATION.matcher(text).results().toList()) {
            waiting.add(found.group(1));
            if (found.group(2) != null) {
                waiting.forEach(method -> named.add(method + " " + plain(found.group(2))));
                waiting.clear();
            }
        }
        return named;
    }

    /// Parameters are named as one likes. The one scope of push rules is a parameter here.
    private static String plain(String path) {
        return path.replace("/pushrules/global/", "/pushrules/{scope}/")
                .replaceAll("\\{\\w+}", "{}");
    }

    private static Set<String> routes(TestHearth server) {
        var wiring = new Wiring(server.hearth().config(), InstantSource.system(), System::nanoTime);
        return wiring.clientRoutes(server.hearth().services()).stream()
                .map(Route::operation)
                .map(ServedOperationsTest::plain)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePageNamesEveryRouteAndNoOther(@TempDir Path folder) {
        try (TestHearth server =
                TestHearth.in(folder).with("REGISTRATION_SHARED_SECRET", "secret").start()) {
            assertEquals(operations(served), routes(server));
        }
    }

    @Test
    void nothingIsServedAndNotServed() {
        var both = new HashSet<>(operations(served));
        both.retainAll(operations(left));
        assertEquals(Set.of(), both);
    }

    @Test
    void theSumsAreRight() {
        MatchResult sums = COUNT.matcher(page).results().findFirst().orElseThrow();
        List<String> yes = LINE.matcher(served).results().map(found -> found.group(1)).toList();
        List<String> no = LINE.matcher(left).results().map(found -> found.group(1)).toList();
        assertTrue(yes.size() > 0 && no.size() > 0, "lines of operations");
        assertEquals(Integer.parseInt(sums.group(1)), yes.size());
        assertEquals(Integer.parseInt(sums.group(2)), yes.size() + no.size());
    }
}
