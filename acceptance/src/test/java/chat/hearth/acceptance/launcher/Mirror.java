package chat.hearth.acceptance.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server on this machine that has one archive and, beside it, its checksum.
final class Mirror implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
    private static final String CHECKSUM_ENDING = ".sha256.txt";

    private final byte[] archive;
    private final HttpServer server;
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private volatile String checksum;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile boolean goesOn = true;

    private Mirror(byte[] archive) throws IOException {
        this.archive = archive;
        this.checksum = sha256(archive) + "  archive.tar.gz\n";
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    static Mirror of(byte[] archive) throws IOException {
        var mirror = new Mirror(archive);
        mirror.server.start();
        return mirror;
    }

    /// Lets the file beside the archive say something else.
    Mirror withChecksum(String text) {
        checksum = text;
        return this;
    }

    /// Breaks the next answers off, each after so many bytes.
    Mirror cutting(int times, int bytes) {
        cutsLeft.set(times);
        cutAfter = bytes;
        return this;
    }

    /// Answers with the whole archive, whatever part of it is asked for.
    Mirror withoutRanges() {
        goesOn = false;
        return this;
    }

    /// What was asked for of the archive: `whole`, or where from.
    List<String> fetched() {
        return fetched;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/archive.tar.gz";
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith(CHECKSUM_ENDING)) {
            byte[] text = checksum.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(text.length == 0 ? 404 : 200, text.length);
            exchange.getResponseBody().write(text);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(archive.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            offer(exchange);
        }
        exchange.close();
    }

    private void offer(HttpExchange exchange) throws IOException {
        int from = goesOn ? from(exchange) : 0;
        fetched.add(from == 0 ? "whole" : "from " + from);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, archive.length - 1, archive.length));
        }
        int length = archive.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        boolean cut = cutsLeft.getAndDecrement() > 0;
        exchange.getResponseBody().write(archive, from, cut ? Math.min(cutAfter, length) : length);
        exchange.getResponseBody().flush();
    }

    private static int from(HttpExchange exchange) {
        String asked =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("");
        Matcher range = RANGE.matcher(asked);
        return range.matches() ? Integer.parseInt(range.group(1)) : 0;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
