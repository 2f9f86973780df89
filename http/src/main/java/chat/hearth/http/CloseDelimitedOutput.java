package chat.hearth.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

import java.io.OutputStream;

/// A response to a client of HTTP/1.0 whose length is not known when it begins: it has no chunks,
/// and ends with the connection.
final class CloseDelimitedOutput extends OutputStream {
    private static final int HEAD_BYTES = 512;

    private final Connection connection;

    /// Sends the head.
    CloseDelimitedOutput(Connection connection, Status status, ServerResponseHeaders headers) {
        this.connection = connection;
        BufferData head = BufferData.growing(HEAD_BYTES);
        head.writeAscii("HTTP/1.1 " + status.code() + " " + status.reasonPhrase() + "\r\n");
        for (Header header : headers) {
            header.writeHttp1Header(head);
        }
        head.writeAscii("\r\n");
        connection.send(head);
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        connection.send(BufferData.create(bytes, offset, length));
    }
}
