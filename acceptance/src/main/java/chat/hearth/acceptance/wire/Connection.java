package chat.hearth.acceptance.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection to a server on loopback that answers one request at a time. Not safe
/// for use by several threads. An [IOException] leaves it unusable: what became of the request is
/// then unknown.
public final class Connection implements AutoCloseable {

    /// Longer than the longest answer that any test waits for, a 30 s long poll included.
    private static final Duration READ_LIMIT = Duration.ofMinutes(5);

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final ResponseBuffer buffer = new ResponseBuffer();
    private final @Nullable String token;

    private Connection(int port, @Nullable String token) throws IOException {
        this.token = token;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) READ_LIMIT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// Connects to `port` without an access token.
    public static Connection open(int port) throws IOException {
        return new Connection(port, null);
    }

    /// Connects to `port`; every request carries `token`.
    public static Connection open(int port, String token) throws IOException {
        return new Connection(port, token);
    }

    /// `GET target`.
    public Answer get(String target) throws IOException {
        return exchange(Requests.encode("GET", target, token, ""));
    }

    /// `PUT target` with a JSON body.
    public Answer put(String target, String json) throws IOException {
        return exchange(Requests.encode("PUT", target, token, json));
    }

    /// `POST target` with a JSON body.
    public Answer post(String target, String json) throws IOException {
        return exchange(Requests.encode("POST", target, token, json));
    }

    /// Sends a request that [Requests] encoded and reads its answer.
    public Answer exchange(byte[] request) throws IOException {
        out.write(request);
        buffer.reset();
        boolean whole = false;
        while (!whole) {
            byte[] into = buffer.array();
            int count = in.read(into, buffer.length(), into.length - buffer.length());
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            whole = buffer.advance(count);
        }
        return buffer.answer();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // A socket that cannot be closed is closed; there is nothing left to release.
        }
    }
}
