package chat.hearth.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a [BodyStream] writes. Nothing is sent until the first buffer is full, so that a short
/// body is an ordinary one, and an early failure an ordinary error.
final class StreamedOutput extends OutputStream {
    /// The most that is held back, in bytes.
    static final int BUFFER_BYTES = 32 * 1024;

    private final Supplier<OutputStream> opening;

    /// Grows as it is filled: an answer that waits before there is anything to write holds next to
    /// nothing.
    private byte[] buffer = {};

    private int held;
    private long sent;
    private @Nullable OutputStream target;
    private boolean broken;

    /// @param opening sends the response's head and begins its body
    StreamedOutput(Supplier<OutputStream> opening) {
        this.opening = opening;
    }

    /// An output that counts what is written, and sends nothing.
    static StreamedOutput counting() {
        return new StreamedOutput(OutputStream::nullOutputStream);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (held == BUFFER_BYTES) {
                sendHeld();
            }
            int count = Math.min(left, BUFFER_BYTES - held);
            reserve(held + count);
            System.arraycopy(bytes, from, buffer, held, count);
            held += count;
            from += count;
            left -= count;
        }
    }

    private void reserve(int needed) {
        if (needed > buffer.length) {
            int larger = Math.max(needed, 4 * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.min(BUFFER_BYTES, larger));
        }
    }

    private void sendHeld() throws IOException {
        if (target == null) {
            target = opening.get();
        }
        broken = true;
        target.write(buffer, 0, held);
        broken = false;
        sent += held;
        held = 0;
    }

    /// Whether something was sent, so that no other answer is possible.
    boolean hasBegun() {
        return target != null;
    }

    /// Whether something could not be sent: the client has gone.
    boolean isBroken() {
        return broken;
    }

    /// How much of the body was sent, in bytes.
    long sentBytes() {
        return sent;
    }

    /// What was written, as long as nothing was sent.
    byte[] heldBytes() {
        return Arrays.copyOf(buffer, held);
    }

    /// Sends the end of the body.
    ///
    /// @return the length of the whole body in bytes
    long finish() throws IOException {
        sendHeld();
        OutputStream open = target;
        if (open != null) {
            broken = true;
            open.close();
            broken = false;
        }
        return sent;
    }
}
