package chat.hearth.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the log says of an answer that was cut while it was sent.
@Timeout(60)
final class CutAnswersTest {
    private static final byte[] PIECE = new byte[4 * StreamedOutput.BUFFER_BYTES];
    private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());

    private final LinkedBlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Integer> counted = new LinkedBlockingQueue<>();
    private final Handler keeper =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    records.add(entry);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        LOG.addHandler(keeper);
        LOG.setLevel(Level.ALL);
    }

    @AfterEach
    void rest() {
        LOG.removeHandler(keeper);
        LOG.setLevel(null);
    }

    private TestServer server(BodyStream body) {
        return TestServer.of(
                HttpSettings.defaults(),
                (_, status, _, _) -> counted.add(status),
                Route.get("/x", _ -> Response.json(body)).withAccess(Access.PUBLIC));
    }

    private LogRecord cutBy(BodyStream rest) throws IOException, InterruptedException {
        try (TestServer server =
                server(
                        out -> {
                            out.write(PIECE);
                            rest.writeTo(out);
                        })) {
            String answer = server.raw("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, "one answer");
            return records.take();
        }
    }

    @Test
    void aFaultOfTheServerIsAnErrorWithItsTrace() throws Exception {
        var faults =
                List.of(
                        new IllegalStateException("broken"),
                        new IOException("not of the client"),
                        new AssertionError("broken"),
                        new StackOverflowError());
        for (Throwable fault : faults) {
            LogRecord entry =
                    cutBy(
                            _ -> {
                                switch (fault) {
                                    case RuntimeException e -> throw e;
                                    case IOException e -> throw e;
                                    case Error e -> throw e;
                                    default -> throw new IllegalStateException(fault);
                                }
                            });
            assertEquals(Level.SEVERE, entry.getLevel());
            assertEquals(fault, entry.getThrown());
            assertEquals(500, counted.take());
            assertTrue(entry.getMessage().startsWith("GET /x "), entry.getMessage());
        }
    }

    @Test
    void aRefusalOnTheWayIsALine() throws Exception {
        LogRecord entry =
                cutBy(
                        _ -> {
                            throw new MatrixException(ErrCode.M_UNKNOWN, 503, "Busy");
                        });
        assertEquals(Level.WARNING, entry.getLevel());
        assertNull(entry.getThrown());
        assertEquals("GET /x was cut: Busy", entry.getMessage());
        assertEquals(503, counted.take());
    }

    @Test
    void thatTheClientHasGoneIsSaidQuietly() throws Exception {
        LogRecord entry =
                cutBy(
                        _ -> {
                            throw new ClientGoneException();
                        });
        assertEquals(Level.FINE, entry.getLevel());
        assertEquals(499, counted.take());
    }

    @Test
    void aClientThatTakesNoMoreIsNoFaultOfTheServer() throws Exception {
        try (TestServer server = server(CutAnswersTest::writeForEver)) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(
                                "GET /x HTTP/1.1\r\nHost: h\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                assertEquals(PIECE.length, socket.getInputStream().readNBytes(PIECE.length).length);
            }
            LogRecord entry = records.take();
            assertEquals(Level.FINE, entry.getLevel());
            assertInstanceOf(Exception.class, entry.getThrown());
            assertEquals(499, counted.take());
        }
    }

    private static void writeForEver(OutputStream out) throws IOException {
        while (true) {
            out.write(PIECE);
        }
    }
}
