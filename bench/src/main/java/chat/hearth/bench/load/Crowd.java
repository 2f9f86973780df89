package chat.hearth.bench.load;

import static chat.hearth.acceptance.wire.Account.V3;
import static chat.hearth.acceptance.wire.Requests.escape;

import chat.hearth.acceptance.wire.Account;
import chat.hearth.acceptance.wire.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/// Many accounts, made quickly.
///
/// @param port the server's port
/// @param tokens their access tokens
public record Crowd(int port, List<String> tokens) {

    private static final int CONNECTIONS = 32;
    private static final byte[] ACCESS_TOKEN =
            "\"access_token\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_BATCH =
            "\"next_batch\":\"".getBytes(StandardCharsets.US_ASCII);

    /// Takes an unmodifiable copy.
    public Crowd {
        tokens = List.copyOf(tokens);
    }

    /// Registers `count` accounts named `prefix` and a number.
    public static Crowd register(int port, String prefix, int count) throws IOException {
        List<String> tokens = new ArrayList<>(Collections.nCopies(count, ""));
        Batch.run(
                port,
                Math.min(CONNECTIONS, count),
                count,
                n ->
                        Requests.encode(
                                "POST", V3 + "/register", null, Account.registration(prefix + n)),
                (n, answer) -> tokens.set(n, answer.textAfter(ACCESS_TOKEN)));
        return new Crowd(port, tokens);
    }

    /// How many there are.
    public int size() {
        return tokens.size();
    }

    /// Everybody joins `roomId`.
    public void join(String roomId) throws IOException {
        String target = V3 + "/rooms/" + escape(roomId) + "/join";
        all(n -> Requests.encode("POST", target, tokens.get(n), "{}"), (_, _) -> {});
    }

    /// Everybody makes a first sync.
    ///
    /// @param filter a filter as JSON
    /// @return the token of each
    public List<String> sync(String filter) throws IOException {
        List<String> since = new ArrayList<>(Collections.nCopies(size(), ""));
        String target = V3 + "/sync?timeout=0&filter=" + escape(filter);
        all(
                n -> Requests.encode("GET", target, tokens.get(n), ""),
                (n, answer) -> since.set(n, answer.textAfter(NEXT_BATCH)));
        return since;
    }

    private void all(IntFunction<byte[]> requests, Batch.Taker taker) throws IOException {
        Batch.run(port, Math.min(CONNECTIONS, size()), size(), requests, taker);
    }
}
