package chat.hearth.http;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The reverse proxies whose `X-Forwarded-For` header is believed. From anybody else the header is
/// ignored, since everybody can write one.
public final class TrustedProxies {
    /// No proxy is trusted.
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /// An IPv4 address that is written as an IPv6 one has this many bits before it.
    private static final int MAPPED_BITS = 96;

    private static final int IPV4_BYTES = 4;

    private static final class Range {
        private final byte[] prefix;
        private final int bits;

        private Range(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        private boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> i % 8;
                if (((address[i / 8] ^ prefix[i / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Range> ranges;

    private TrustedProxies(List<Range> ranges) {
        this.ranges = ranges;
    }

    /// Trusts these address ranges.
    ///
    /// @param ranges IP addresses or ranges in CIDR notation, such as `10.0.0.0/8` or `::1`
    /// @throws IllegalArgumentException when one of them is neither
    public static TrustedProxies of(List<String> ranges) {
        var parsed = new ArrayList<Range>();
        for (String range : ranges) {
            parsed.add(range(range));
        }
        return new TrustedProxies(List.copyOf(parsed));
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] prefix = literal(address);
        if (prefix == null) {
            throw new IllegalArgumentException("Not an IP address or range: " + text);
        }
        int bits =
                slash < 0
                        ? prefix.length * 8
                        : Integer.parseInt(text, slash + 1, text.length(), 10);
        if (slash >= 0 && prefix.length == IPV4_BYTES && address.indexOf(':') >= 0) {
            bits -= MAPPED_BITS;
        }
        if (bits < 0 || bits > prefix.length * 8) {
            throw new IllegalArgumentException("Not an IP address range: " + text);
        }
        return new Range(prefix, bits);
    }

    /// The bytes of an IP address literal, or null. Names are never resolved.
    private static byte @Nullable [] literal(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The address that a request comes from: the peer's, or where that is a trusted proxy's the
    /// last address that was forwarded and is no trusted proxy's.
    ///
    /// @param forwardedFor the values of all `X-Forwarded-For` headers, in their order; each proxy
    ///   appends its peer to the last one or adds one more header
    ClientAddress clientAddress(InetAddress peer, List<String> forwardedFor) {
        var address = new ClientAddress(peer);
        if (!trusts(address)) {
            return address;
        }
        for (String header : forwardedFor.reversed()) {
            int end = header.length();
            while (end >= 0) {
                int comma = header.lastIndexOf(',', end - 1);
                String text = header.substring(comma + 1, end).strip();
                end = comma;
                ClientAddress hop = ClientAddress.parse(text);
                if (hop == null && !text.isEmpty()) {
                    return address;
                }
                address = hop == null ? address : hop;
                if (!trusts(address)) {
                    return address;
                }
            }
        }
        return address;
    }

    /// Whether `address` is a trusted proxy's, so that many clients may stand behind it.
    boolean trusts(ClientAddress address) {
        return isTrusted(address.ip().getAddress());
    }

    private boolean isTrusted(byte[] address) {
        for (Range range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
