package chat.hearth.homeserver.config;

import java.net.InetAddress;

/// A range of IP addresses in CIDR notation, such as `10.0.0.0/8` or `fe80::/10`.
///
/// @param network the first address of the range
/// @param prefixBits how many leading bits an address shares with the network
public record AddressRange(InetAddress network, int prefixBits) {
    /// Refuses a prefix longer than the address.
    public AddressRange {
        if (prefixBits < 0 || prefixBits > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("the prefix is longer than the address");
        }
    }

    /// Reads `address/bits`, or a single address. Names are refused: nothing is looked up.
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = network.getAddress().length * Byte.SIZE;
        return new AddressRange(
                network, slash < 0 ? all : Integer.parseInt(text, slash + 1, text.length(), 10));
    }

    /// Whether `address` lies in this range; IPv4 and IPv6 never match each other.
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
