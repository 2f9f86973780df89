package chat.hearth.http.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.MatrixException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTrieTest {
    private static final PathTrie<String> TRIE =
            trie(
                    "GET /",
                    "GET /rooms/{roomId}/state",
                    "GET /rooms/{roomId}/state/",
                    "GET /rooms/{roomId}/state/{type}",
                    "GET /rooms/{roomId}/state/{type}/{key}",
                    "PUT /rooms/{roomId}/state/{type}/{key}",
                    "PUT /profile/{userId}/displayname",
                    "GET /profile/{userId}/{field}",
                    "DELETE /profile/{userId}/{field}",
                    "GET /{any}/b/c",
                    "GET /a/{any}/d");

    private static PathTrie<String> trie(String... routes) {
        PathTrie.Builder<String> builder = PathTrie.builder();
        for (String route : routes) {
            String[] parts = route.split(" ", -1);
            builder.add(HttpMethod.valueOf(parts[0]), PathTemplate.of(parts[1]), route);
        }
        return builder.build();
    }

    private static PathMatch<String> match(String method, String path) {
        @Nullable HttpMethod known = HttpMethod.serving(method).orElse(null);
        return TRIE.match(known, path);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "/                                | GET /",
                "/rooms/!a:b/state                | GET /rooms/{roomId}/state",
                "/rooms/!a:b/state/               | GET /rooms/{roomId}/state/",
                "/rooms/!a:b/state/t              | GET /rooms/{roomId}/state/{type}",
                "/rooms/!a:b/state/t/             | GET /rooms/{roomId}/state/{type}/{key}",
                "/rooms//state//                  | GET /rooms/{roomId}/state/{type}/{key}",
                "/rooms/x%2Fy/state/t/k           | GET /rooms/{roomId}/state/{type}/{key}",
                "/%72ooms/x/stat%65               | GET /rooms/{roomId}/state",
                "/profile/@a:b/displayname        | GET /profile/{userId}/{field}",
                "/a/b/c                           | GET /{any}/b/c",
                "/a/b/d                           | GET /a/{any}/d",
                "http://host/rooms/x/state        | GET /rooms/{roomId}/state",
                "https://host:8448/               | GET /",
            },
            delimiter = '|')
    void aPathLeadsToItsRoute(String path, String route) {
        var found = assertInstanceOf(PathMatch.Found.class, match("GET", path));
        assertEquals(route, found.target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rooms",
                "/rooms/",
                "/rooms/x",
                "/rooms/x/state/a/b/c",
                "//rooms/x/state",
                "/rooms/x/state%2Ft",
                "/rooms/x/../x/state",
                "/ROOMS/x/state",
                "rooms/x/state",
                "*",
                "http://host"
            })
    void anyOtherPathIsUnknown(String path) {
        assertInstanceOf(PathMatch.Unknown.class, match("GET", path));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /rooms/x/state/t/k, GET PUT",
        "PATCH, /rooms/x/state/t/k, GET PUT",
        "PUT, /rooms/x/state, GET",
        "POST, /profile/u/displayname, GET PUT DELETE",
        "PUT, /profile/u/avatar_url, GET DELETE"
    })
    void aKnownPathTellsItsOtherMethods(String method, String path, String methods) {
        var other = assertInstanceOf(PathMatch.OtherMethod.class, match(method, path));
        Set<HttpMethod> expected = EnumSet.noneOf(HttpMethod.class);
        for (String name : methods.split(" ", -1)) {
            expected.add(HttpMethod.valueOf(name));
        }
        assertEquals(expected, other.allowed());
    }

    @Test
    void aVeryLongPathIsUnknown() {
        assertInstanceOf(PathMatch.Unknown.class, match("GET", "/a".repeat(30_000)));
    }

    @Test
    void anyParameterSurvivesEncoding() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        PathTemplate template = PathTemplate.of("/rooms/{roomId}/state/{type}/{key}");
        for (int i = 0; i < 2_000; i++) {
            String type = text(random);
            String key = text(random);
            String path = "/rooms/!r/state/" + encode(type) + "/" + encode(key);
            var found = assertInstanceOf(PathMatch.Found.class, match("GET", path));
            assertEquals(
                    List.of(type, key),
                    List.of(
                            found.segments().get(template.indexOf("type")),
                            found.segments().get(template.indexOf("key"))),
                    () -> "seed " + seed);
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            int code = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
            text.appendCodePoint(code >= 0xd800 && code < 0xe000 ? '/' : code);
        }
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/%", "/a/%1", "/a/%g0", "/a/%0g", "/%zz", "/%ff", "/\u007f", "/é"})
    void malformedEscapesAreRefusedEvenOnUnknownPaths(String path) {
        var refused = assertThrows(MatrixException.class, () -> match("GET", path));
        assertEquals(400, refused.status());
    }

    @Test
    void twoRoutesCannotTakeTheSameRequests() {
        assertThrows(IllegalArgumentException.class, () -> trie("GET /a/{x}", "GET /a/{y}"));
        assertThrows(IllegalArgumentException.class, () -> PathTemplate.of("/{x}/{x}"));
        assertThrows(IllegalArgumentException.class, () -> PathTemplate.of("a"));
    }
}
