package chat.hearth.acceptance.power;

import chat.hearth.acceptance.power.Step.Action;
import java.util.Arrays;

/// The bytes of a file; what was never written reads as zeros.
final class FileContent {

    private static final int CAPACITY_MIN = 4_096;

    private byte[] bytes;
    private int length;

    FileContent() {
        this(new byte[CAPACITY_MIN], 0);
    }

    private FileContent(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    FileContent copy() {
        return new FileContent(bytes.clone(), length);
    }

    void apply(Action action) {
        switch (action) {
            case Action.Write(_, long offset, byte[] written) -> {
                int end = Math.toIntExact(offset + written.length);
                reserve(end);
                System.arraycopy(written, 0, bytes, (int) offset, written.length);
                length = Math.max(length, end);
            }
            case Action.Truncate(_, long wanted) -> {
                int end = Math.toIntExact(wanted);
                reserve(end);
                Arrays.fill(bytes, Math.min(length, end), Math.max(length, end), (byte) 0);
                length = end;
            }
            case Action.Sync _, Action.SyncNames _, Action.Create _, Action.Remove _ ->
                    throw new IllegalArgumentException("changes no bytes: " + action);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int end) {
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
    }
}
