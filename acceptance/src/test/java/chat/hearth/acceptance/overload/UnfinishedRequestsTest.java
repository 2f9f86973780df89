package chat.hearth.acceptance.overload;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are never finished, from one address without an account.
@Timeout(300)
final class UnfinishedRequestsTest {
    private static final int CONNECTIONS = 1_000;
    private static final int HEAD_BYTES = 16 * 1024 - 100;

    @TempDir Path directory;

    private void survives(String unfinished) throws Exception {
        byte[] bytes = Attack.bytes(unfinished);
        try (Victim victim = Victim.start(directory)) {
            try (Attack attack =
                    Attack.begin(CONNECTIONS, () -> Attack.hold(victim.port(), bytes))) {
                victim.isServedDuring(attack);
            }
            victim.isUnharmed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refresh HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n",
                "login HTTP/1.1\r\nHost: h\r\nContent-Length: 16384\r\n\r\n",
                "login HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n",
                "createRoom HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n",
            })
    void bodies(String head) throws Exception {
        survives("POST /_matrix/client/v3/" + head + "x".repeat(16_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET / HTTP/1.1\r\nHost: h\r\nX-A: ",
                "POST / HTTP/1.1\r\nX-A:a\r\n"
            })
    void heads(String begin) throws Exception {
        survives(begin + "x".repeat(HEAD_BYTES - begin.length()));
    }
}
