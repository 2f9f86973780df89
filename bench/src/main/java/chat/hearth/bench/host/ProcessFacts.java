package chat.hearth.bench.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux and the JVM tell about the server's process.
///
/// @param pid the process
public record ProcessFacts(long pid) {

    private static final int UTIME_FIELD = 13;
    private static final double TICKS_PER_SECOND = 100;
    private static final long BYTES_PER_KIB = 1024;

    /// The processor time taken so far, user and system, in seconds.
    public double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The second field is the command in brackets and may hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long user = Long.parseLong(fields[UTIME_FIELD - 2]);
        long system = Long.parseLong(fields[UTIME_FIELD - 1]);
        return (user + system) / TICKS_PER_SECOND;
    }

    /// The resident memory in bytes.
    public long residentBytes() throws IOException {
        return kib("/proc/" + pid + "/status", "VmRSS:") * BYTES_PER_KIB;
    }

    private static long kib(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
            }
        }
        throw new IOException(name + " not in " + file);
    }

    /// The bytes that are live on the Java heap, after a full collection.
    public long liveHeapBytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(List.of(jcmd, String.valueOf(pid), "GC.class_histogram"))
                        .redirectErrorStream(true)
                        .start();
        String histogram =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String total =
                histogram
                        .lines()
                        .filter(line -> line.startsWith("Total"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no histogram: " + histogram));
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }
}
