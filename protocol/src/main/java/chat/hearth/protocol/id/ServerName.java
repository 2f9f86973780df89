package chat.hearth.protocol.id;

import java.util.Locale;
import java.util.Optional;

/// The name of a homeserver: a DNS name, an IPv4 literal or a bracketed IPv6 literal, with an
/// optional port.
///
/// See [Server name](https://spec.matrix.org/v1.19/appendices/#server-name).
///
/// @param value the name as it was written
public record ServerName(String value) {
    /// Refuses what is not a server name.
    public ServerName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid server name");
        }
    }

    /// The server name in `text`, if it is one.
    public static Optional<ServerName> parse(String text) {
        return isValid(text) ? Optional.of(new ServerName(text)) : Optional.empty();
    }

    /// Whether `text` is a server name.
    public static boolean isValid(String text) {
        int hostEnd = hostEnd(text);
        if (hostEnd <= 0 || text.length() > Grammar.ID_BYTES_MAX) {
            return false;
        }
        return hostEnd == text.length()
                || text.charAt(hostEnd) == ':' && isPort(text.substring(hostEnd + 1));
    }

    /// The host without port; an IPv6 literal keeps its brackets.
    public String host() {
        return value.substring(0, hostEnd(value));
    }

    /// The host in lower case, for comparing names as access lists do.
    public String normalisedHost() {
        return host().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }

    /// The index after the host, or -1 when there is no valid host.
    private static int hostEnd(String text) {
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            return close > 2 && isIpv6Text(text.substring(1, close)) ? close + 1 : -1;
        }
        int colon = text.indexOf(':');
        int end = colon < 0 ? text.length() : colon;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isDigit(c) && !isLetter(c) && c != '-' && c != '.') {
                return -1;
            }
        }
        return end;
    }

    private static boolean isIpv6Text(String text) {
        if (text.length() > 45) {
            return false;
        }
        return text.chars()
                .allMatch(
                        c ->
                                isDigit((char) c)
                                        || c >= 'a' && c <= 'f'
                                        || c >= 'A' && c <= 'F'
                                        || c == ':'
                                        || c == '.');
    }

    private static boolean isPort(String text) {
        return !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(c -> isDigit((char) c))
                && Integer.parseInt(text) <= 65_535;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
