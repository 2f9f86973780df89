package chat.hearth.homeserver.config;

import java.net.InetAddress;
import java.util.List;

/// Which addresses the server itself may call, so that nobody can point it at what only it reaches.
///
/// @param deny ranges that are not called
/// @param allow ranges that are called although they are denied
public record OutboundConfig(
        @Option(
                        value = "Ranges that are not called: private, local and reserved ones.",
                        fallback =
                                "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16,"
                                        + " 172.16.0.0/12, 192.0.0.0/24, 192.0.2.0/24, 192.88.99.0/24,"
                                        + " 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24,"
                                        + " 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4, ::/128, ::1/128,"
                                        + " 64:ff9b::/96, 100::/64, 2001:db8::/32, 2002::/16, fc00::/7,"
                                        + " fe80::/10, ff00::/8")
                List<AddressRange> deny,
        @Option("Ranges that are called although `deny` names them.") List<AddressRange> allow) {

    /// Copies the lists.
    public OutboundConfig {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
    }

    /// Whether the server may open a connection to `address`.
    public boolean permits(InetAddress address) {
        return allow.stream().anyMatch(range -> range.contains(address))
                || deny.stream().noneMatch(range -> range.contains(address));
    }
}
