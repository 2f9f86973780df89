package chat.hearth.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads the head of a request as strictly as [RFC 9112](https://www.rfc-editor.org/rfc/rfc9112)
/// has it: what two readers on the way could understand differently is refused, since it lets one
/// client write another one's request.
final class HeadParser {
    /// The most headers of one request. Each becomes several objects.
    static final int HEADERS_MAX = 100;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String HTTP_1_0 = "HTTP/1.0";
    private static final String HTTP_1_1 = "HTTP/1.1";
    private static final int LENGTH_DIGITS_MAX = 18;

    private final byte[] head;
    private final ByteArrayOutputStream kept;
    private int at;
    private int headers;
    private boolean hasHost;
    private boolean closes;
    private boolean chunked;
    private boolean expectsContinue;
    private long length = -1;

    private HeadParser(byte[] head) {
        this.head = head;
        this.kept = new ByteArrayOutputStream(head.length);
    }

    /// Reads a head.
    ///
    /// @param head the bytes from the request line up to and including the empty line
    /// @throws RefusedHeadException when it is malformed
    static RequestHead parse(byte[] head) throws RefusedHeadException {
        return new HeadParser(head).read();
    }

    private RequestHead read() throws RefusedHeadException {
        String line = line();
        int target = line.indexOf(' ') + 1;
        int version = line.lastIndexOf(' ') + 1;
        if (target < 2 || version <= target + 1 || line.indexOf(' ', target) != version - 1) {
            throw malformed();
        }
        String method = line.substring(0, target - 1);
        boolean http10 = isHttp10(line.substring(version));
        if (!isToken(method)) {
            throw malformed();
        }
        keep(line.substring(0, version) + HTTP_1_1);
        for (String header = line(); !header.isEmpty(); header = line()) {
            header(header);
        }
        closes |= http10;
        if (chunked && (http10 || length >= 0)) {
            throw malformed();
        }
        endHead(http10);
        long body = chunked ? RequestHead.CHUNKED : Math.max(0, length);
        return new RequestHead(
                method,
                closes,
                body,
                expectsContinue && !http10,
                http10,
                kept.toString(StandardCharsets.ISO_8859_1));
    }

    private static boolean isHttp10(String version) throws RefusedHeadException {
        if (version.equals(HTTP_1_0)) {
            return true;
        }
        if (!version.equals(HTTP_1_1)) {
            boolean other = version.matches("HTTP/[0-9]\\.[0-9]");
            throw new RefusedHeadException(other ? 505 : 400);
        }
        return false;
    }

    /// A client of HTTP/1.0 need not name the host, which Helidon wants.
    private void endHead(boolean http10) throws RefusedHeadException {
        if (!hasHost) {
            if (!http10) {
                throw malformed();
            }
            keep("Host: localhost");
        }
        if (closes) {
            keep("Connection: close");
        }
        keep("");
    }

    private void header(String line) throws RefusedHeadException {
        headers++;
        if (headers > HEADERS_MAX) {
            throw new RefusedHeadException(431);
        }
        int colon = line.indexOf(':');
        if (colon < 1 || !isToken(line.substring(0, colon))) {
            throw malformed();
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            case "connection" -> closes |= names(value, "close");
            case "expect" -> expectsContinue = value.equalsIgnoreCase("100-continue");
            case "te", "upgrade", "trailer" -> {
                // Between this connection's ends only, and not spoken here.
            }
            case "host" -> {
                if (hasHost) {
                    throw malformed();
                }
                hasHost = true;
                keep(line);
            }
            default -> keep(line);
        }
    }

    private void contentLength(String value) throws RefusedHeadException {
        if (value.isEmpty() || value.length() > LENGTH_DIGITS_MAX || length >= 0) {
            throw malformed();
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                throw malformed();
            }
        }
        length = Long.parseLong(value);
    }

    private void transferEncoding(String value) throws RefusedHeadException {
        if (chunked || !value.equalsIgnoreCase("chunked")) {
            throw malformed();
        }
        chunked = true;
    }

    private static boolean names(String list, String token) {
        for (String each : list.split(",", -1)) {
            if (each.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /// The next line, in ISO 8859-1, without its end.
    private String line() throws RefusedHeadException {
        int start = at;
        while (head[at] != '\r') {
            int value = head[at] & 0xff;
            if (value < ' ' && value != '\t' || value == 0x7f) {
                throw malformed();
            }
            at++;
        }
        int end = at;
        if (head[at + 1] != '\n') {
            throw malformed();
        }
        at += 2;
        return new String(head, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!isPlain && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private void keep(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        kept.write(bytes, 0, bytes.length);
        kept.write('\r');
        kept.write('\n');
    }

    private static RefusedHeadException malformed() {
        return new RefusedHeadException(400);
    }
}
