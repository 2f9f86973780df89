package chat.hearth.acceptance.overload;

import chat.hearth.acceptance.wire.Account;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are never finished. The server has to hold what it got of them.
@Timeout(300)
final class UnfinishedRequestsTest {
    private static final int CONNECTIONS = 1_000;
    private static final int HEAD_BYTES = 16 * 1024 - 100;
    private static final int BODY_BYTES = 16_000;

    /// Together the bodies are twice the server's heap.
    private static final int LARGE_BODIES = 200;

    private static final int LARGE_BODY_BYTES = (1 << 20) - 1;
    private static final int ADDRESSES = 10;
    private static final String V3 = "POST /_matrix/client/v3/";

    @TempDir Path directory;

    private final AtomicInteger begun = new AtomicInteger();

    private void survives(int addresses, int connections, String unfinished) throws Exception {
        try (Victim victim = Victim.start(directory)) {
            survives(victim, addresses, connections, Attack.bytes(unfinished));
        }
    }

    private void survives(Victim victim, int addresses, int connections, byte[] unfinished)
            throws Exception {
        try (Attack attack =
                Attack.begin(
                        connections,
                        () -> {
                            int address = begun.getAndIncrement() % addresses;
                            Attack.hold(Attack.address(address), victim.port(), unfinished);
                        })) {
            victim.isServedDuring(attack);
        }
        victim.isUnharmed();
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
        survives(1, CONNECTIONS, V3 + head + "x".repeat(BODY_BYTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET / HTTP/1.1\r\nHost: h\r\nX-A: ",
                "POST / HTTP/1.1\r\nX-A:a\r\n"
            })
    void heads(String begin) throws Exception {
        survives(1, CONNECTIONS, begin + "x".repeat(HEAD_BYTES - begin.length()));
    }

    @Test
    void bodiesFromManyAddresses() throws Exception {
        String head = V3 + "login HTTP/1.1\r\nHost: h\r\nContent-Length: 16384\r\n\r\n";
        survives(ADDRESSES, CONNECTIONS, head + "x".repeat(BODY_BYTES));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, ADDRESSES})
    void largeBodiesOfOneAccount(int addresses) throws Exception {
        try (Victim victim = Victim.start(directory)) {
            String head =
                    "%screateRoom HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
                            .formatted(
                                    V3,
                                    Account.register(victim.port(), "attacker").token(),
                                    LARGE_BODY_BYTES + 1);
            byte[] unfinished = Attack.bytes(head + "x".repeat(LARGE_BODY_BYTES));
            survives(victim, addresses, LARGE_BODIES, unfinished);
        }
    }
}
