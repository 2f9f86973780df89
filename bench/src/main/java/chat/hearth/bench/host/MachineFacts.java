package chat.hearth.bench.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;

/// The machine that figures were taken on.
public final class MachineFacts {

    private static final int SYNCS = 200;
    private static final int BLOCK_BYTES = 4096;
    private static final double BYTES_PER_GIB = 1L << 30;

    private MachineFacts() {}

    /// The facts as a Markdown list.
    ///
    /// @param directory where the databases are
    public static String markdown(Path directory) throws IOException, InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        return """
               - date: %s
               - processor: %s, %d cores, shared by the server and the load generator
               - memory: %.1f GiB
               - system: %s, Linux %s
               - JDK: %s %s
               - `fdatasync` of 4 KiB appended: median %d µs
               - zlib compresses %.0f MB/s on one core, %.0f MB/s on all
               - one thread hands over to another and back in %.0f µs, median
               """
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        field("/proc/cpuinfo", "model name"),
                        cores,
                        memoryBytes() / BYTES_PER_GIB,
                        field("/etc/os-release", "PRETTY_NAME").replace("\"", ""),
                        System.getProperty("os.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.version"),
                        syncMicros(directory),
                        Yardstick.megabytesPerSecond(1),
                        Yardstick.megabytesPerSecond(cores),
                        Yardstick.handoverMicros());
    }

    private static double memoryBytes() throws IOException {
        String kib = field("/proc/meminfo", "MemTotal").replace("kB", "").strip();
        return Long.parseLong(kib) * 1024.0;
    }

    /// The value of the first line `name: value` or `name=value`.
    private static String field(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.substring(name.length()).replaceFirst("\\s*[:=]", "").strip();
            }
        }
        return "unknown";
    }

    private static long syncMicros(Path directory) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(directory), "sync", ".bin");
        long[] nanos = new long[SYNCS];
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int n = 0; n < SYNCS; n++) {
                channel.write(ByteBuffer.allocate(BLOCK_BYTES));
                long before = System.nanoTime();
                channel.force(false);
                nanos[n] = System.nanoTime() - before;
            }
        } finally {
            Files.delete(file);
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1000;
    }
}
