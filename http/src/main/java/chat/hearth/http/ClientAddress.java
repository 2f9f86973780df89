package chat.hearth.http;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The IP address that a client has. An IPv4 address that is written as an IPv6 one
/// (`::ffff:192.0.2.1`) is that IPv4 address.
///
/// @param ip the address
record ClientAddress(InetAddress ip) {
    /// The leading bytes of an IPv6 address that one customer of a provider has to itself; see [RFC
    /// 6177](https://www.rfc-editor.org/rfc/rfc6177).
    private static final int NETWORK_BYTES = 8;

    private static final int IPV6_BYTES = 16;

    /// Reads an address as it stands in `X-Forwarded-For`: perhaps with a port, perhaps quoted in
    /// brackets. Names are never resolved.
    ///
    /// @return null when it is none
    static @Nullable ClientAddress parse(String text) {
        try {
            return new ClientAddress(InetAddress.ofLiteral(withoutPort(text)));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        int colon = text.indexOf(':');
        boolean isOnly = colon >= 0 && text.indexOf(':', colon + 1) < 0;
        return isOnly ? text.substring(0, colon) : text;
    }

    /// The address in full, in text form.
    String text() {
        return ip.getHostAddress();
    }

    /// What limits are counted by: an IPv4 address, or the first 64 bits of an IPv6 one, since who
    /// has one address of such a network has them all.
    String network() {
        byte[] bytes = ip.getAddress();
        if (bytes.length < IPV6_BYTES) {
            return text();
        }
        try {
            byte[] first = Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), IPV6_BYTES);
            return InetAddress.getByAddress(first).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
