package chat.hearth.storage.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a server and PostgreSQL, reads what the client sends, and cuts the connection
/// around a commit.
final class CommitProxy implements AutoCloseable {
    /// What becomes of a commit.
    enum Cut {
        /// It goes through.
        NONE,
        /// The connection ends before the commit reaches PostgreSQL.
        BEFORE,
        /// PostgreSQL commits, and its answer is lost.
        AFTER,
        /// The client loses the connection at once; PostgreSQL gets the commit a little later.
        LATE
    }

    private static final int LATE_MILLIS = 700;
    private static final int QUESTION_BYTES = 8;

    private final int target;
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
    private volatile boolean refusing;
    private volatile boolean refusingAfterCut;

    CommitProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Does this to the next commit, once.
    void cutNextCommit(Cut cut) {
        next.set(cut);
    }

    /// Does this to the next commit, and lets nobody connect again until [#welcome()].
    void cutNextCommitAndRefuse(Cut cut) {
        refusingAfterCut = true;
        next.set(cut);
    }

    /// Ends every connection and lets nobody connect again until [#welcome()].
    void refuse() {
        refusing = true;
        sockets.forEach(CommitProxy::close);
    }

    void welcome() {
        refusing = false;
        refusingAfterCut = false;
    }

    @Override
    public void close() {
        refuse();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (refusing) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                var link = new Link(client, server);
                Thread.ofVirtual().start(link::toServer);
                Thread.ofVirtual().start(link::toClient);
            }
        } catch (IOException closed) {
            sockets.forEach(CommitProxy::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One connection, both ways.
    private final class Link {
        private final Socket client;
        private final Socket server;
        private final Set<String> commits = new HashSet<>();
        private volatile boolean deaf;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void toServer() {
            try (client;
                    server) {
                var in = new DataInputStream(client.getInputStream());
                OutputStream out = server.getOutputStream();
                byte[] opening = message(in, false);
                out.write(opening);
                // A question, such as whether encryption is wanted; the opening itself is longer.
                while (opening.length == QUESTION_BYTES) {
                    opening = message(in, false);
                    out.write(opening);
                }
                while (true) {
                    byte[] message = message(in, true);
                    Cut cut = isCommit(message) ? next.getAndSet(Cut.NONE) : Cut.NONE;
                    if (cut != Cut.NONE) {
                        cut(cut, message, in, out);
                        return;
                    }
                    out.write(message);
                }
            } catch (IOException gone) {
                close(client);
            }
        }

        private void cut(Cut cut, byte[] message, DataInputStream in, OutputStream out)
                throws IOException {
            refusing = refusingAfterCut;
            deaf = true;
            byte[] rest = upToSync(message, in);
            switch (cut) {
                case NONE -> throw new IllegalStateException();
                case BEFORE -> {}
                case AFTER -> {
                    out.write(rest);
                    // The answer is there, and goes nowhere.
                    var _ = server.getInputStream().read();
                }
                case LATE -> {
                    close(client);
                    sleep();
                    out.write(rest);
                    var _ = server.getInputStream().read();
                }
            }
        }

        private static void sleep() {
            try {
                Thread.sleep(LATE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /// The message and all that follow it until the client waits for an answer.
        private static byte[] upToSync(byte[] first, DataInputStream in) throws IOException {
            var all = new ByteArrayOutputStream();
            byte[] message = first;
            while (true) {
                all.write(message);
                if (message[0] == 'S') {
                    return all.toByteArray();
                }
                message = message(in, true);
            }
        }

        private void toClient() {
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[8192];
                while (!deaf) {
                    int count = in.read(buffer);
                    if (count < 0 || deaf) {
                        return;
                    }
                    out.write(buffer, 0, count);
                }
            } catch (IOException gone) {
                close(client);
            }
        }

        /// Whether the message binds a statement that was parsed from `COMMIT`.
        private boolean isCommit(byte[] message) {
            if (message[0] == 'P') {
                String statement = text(message, 5);
                String query = text(message, 5 + statement.length() + 1);
                if (query.equals("COMMIT")) {
                    commits.add(statement);
                } else {
                    commits.remove(statement);
                }
            }
            if (message[0] != 'B') {
                return false;
            }
            String portal = text(message, 5);
            return commits.contains(text(message, 5 + portal.length() + 1));
        }

        private static String text(byte[] message, int from) {
            int end = from;
            while (message[end] != 0) {
                end++;
            }
            return new String(message, from, end - from, StandardCharsets.ISO_8859_1);
        }

        private static byte[] message(DataInputStream in, boolean typed) throws IOException {
            int type = typed ? in.readUnsignedByte() : 0;
            int length = in.readInt();
            ByteBuffer message = ByteBuffer.allocate(length + (typed ? 1 : 0));
            if (typed) {
                message.put((byte) type);
            }
            message.putInt(length);
            in.readFully(message.array(), message.position(), length - Integer.BYTES);
            return message.array();
        }
    }
}
