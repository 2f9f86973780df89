package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the log shows of paths that nothing serves.
final class UnservedPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/_matrix/client/v3/keys/upload | /_matrix/client/v3/keys/upload",
                "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync"
                        + " | /_matrix/client/unstable/org.matrix.simplified_msc3575/sync",
                "/_matrix/client/v1/media/preview_url | /_matrix/client/v1/media/preview_url",
                "/_matrix/client/v3/rooms/!a:hs/threads | /_matrix/client/v3/rooms/*/threads",
                "/_matrix/client/v3/profile/@a:hs/ | /_matrix/client/v3/profile/*/",
                "/_matrix/client/v3/x/syt_c2VjcmV0_abc | /_matrix/client/v3/x/*",
                "/_matrix/client/v3/x/0a1b2c3d4e5f6a7b8c9d | /_matrix/client/v3/x/*",
                "/a%22b/c\"d | /*/*",
                "/.well-known/matrix/server | /*/matrix/server",
                "//x//y | //x//y",
                "/1/2/3/4/5/6/7/8/9/a/b/c/d | /*/*/*/*/*/*/*/*/*...",
                "nothing | nothing",
            })
    void idsAreLeftOutAndTheRestIsShown(String path, String shown) {
        assertEquals("GET " + shown, UnservedPath.forLog("GET", path));
    }

    @ParameterizedTest
    @CsvSource({"PATCH, PATCH", "get, get", "G\"T, *", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAA, *"})
    void methodsAreShown(String method, String shown) {
        assertEquals(shown + " /x", UnservedPath.forLog(method, "/x"));
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "6, 6"})
    void longPathsAreCut(int full, int same) {
        String path = "/abcdefghijklmnopqrs".repeat(full);
        String shown = "/abcdefghijklmnopqrs".repeat(Math.min(same, 5));
        assertEquals("GET " + shown + (full > 5 ? "..." : ""), UnservedPath.forLog("GET", path));
    }
}
