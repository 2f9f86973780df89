package chat.hearth.storage.jdbc;

import chat.hearth.storage.StorageException;
import java.util.Arrays;

/// Writes whole numbers as few bytes: seven bits each, the lowest first, signed ones in zigzag.
final class Varints {
    private byte[] bytes = new byte[64];
    private int length;

    void unsigned(long value) {
        if (length + 10 > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void signed(long value) {
        unsigned(value << 1 ^ value >> 63);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Reads what [Varints] wrote.
    static final class Reader {
        private final byte[] bytes;
        private int index;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return index < bytes.length;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; shift < 64 && index < bytes.length; shift += 7) {
                byte next = bytes[index++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new StorageException("A packed list of numbers is damaged");
        }

        long signed() {
            long value = unsigned();
            return value >>> 1 ^ -(value & 1);
        }
    }
}
