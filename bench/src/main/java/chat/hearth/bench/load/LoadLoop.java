package chat.hearth.bench.load;

import chat.hearth.acceptance.wire.ResponseBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Many keep-alive connections driven by one thread and one selector. Each connection has at most
/// one request in flight. Not safe for use by several threads.
public final class LoadLoop implements AutoCloseable {

    /// A turn ends this often, so that a driver can stop a loop in which nothing happens.
    private static final long TURN_MS = 50;

    private final Selector selector = Selector.open();
    private final List<Lane> lanes = new ArrayList<>();

    private static final class Lane {
        final int number;
        final SocketChannel channel;
        final SelectionKey key;
        final ResponseBuffer answer = new ResponseBuffer();
        ByteBuffer unsent = ByteBuffer.allocate(0);
        boolean busy;
        long sentAt;

        Lane(int number, SocketChannel channel, Selector selector) throws IOException {
            this.number = number;
            this.channel = channel;
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        }
    }

    /// Opens `connections` to `port` on loopback.
    public LoadLoop(int port, int connections) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int n = 0; n < connections; n++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            lanes.add(new Lane(n, channel, selector));
        }
    }

    /// Gives every idle connection a request, and goes on until the driver no longer runs. What is
    /// in flight then stays so: the next run takes its answer first.
    public void run(Driver driver) throws IOException {
        for (Lane lane : lanes) {
            feed(lane, driver);
        }
        while (driver.running()) {
            selector.select(key -> turn((Lane) key.attachment(), driver), TURN_MS);
        }
    }

    /// Asks the driver for connection `n`'s next request if it is idle. For use from within the
    /// driver's calls.
    public void wake(int n, Driver driver) {
        feed(lanes.get(n), driver);
    }

    private void feed(Lane lane, Driver driver) {
        if (lane.busy) {
            return;
        }
        byte[] request = driver.next(lane.number);
        if (request == null) {
            return;
        }
        lane.busy = true;
        lane.answer.reset();
        lane.unsent = ByteBuffer.wrap(request);
        lane.sentAt = System.nanoTime();
        write(lane);
    }

    private static void write(Lane lane) {
        try {
            lane.channel.write(lane.unsent);
        } catch (IOException e) {
            throw new ConnectionLostException(lane.number, e);
        }
        int wanted =
                lane.unsent.hasRemaining()
                        ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                        : SelectionKey.OP_READ;
        if (lane.key.interestOps() != wanted) {
            lane.key.interestOps(wanted);
        }
    }

    private void turn(Lane lane, Driver driver) {
        if (lane.unsent.hasRemaining()) {
            write(lane);
        }
        if (lane.key.isReadable() && read(lane)) {
            lane.busy = false;
            driver.answered(lane.number, lane.answer, System.nanoTime() - lane.sentAt);
            feed(lane, driver);
        }
    }

    private static boolean read(Lane lane) {
        try {
            int count = lane.channel.read(lane.answer.room());
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            return count > 0 && lane.answer.advance(count);
        } catch (IOException e) {
            throw new ConnectionLostException(lane.number, e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes) {
            lane.channel.close();
        }
        selector.close();
    }
}
